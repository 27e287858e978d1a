#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What still runs of what a test started, also where it left session, parent and environment behind.
public enum LivingProcesses {
  /// The pids of all processes whose working directory is the folder or lies in it.
  public static func pids(in path: String) -> [Int32] {
    guard let list = opendir("/proc") else { return [] }
    defer { closedir(list) }
    var found: [Int32] = []
    while let entry = readdir(list) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard let pid = Int32(name), let directory = link("/proc/\(pid)/cwd") else { continue }
      if directory == path || directory.hasPrefix(path + "/") { found.append(pid) }
    }
    return found
  }

  private static func link(_ path: String) -> String? {
    var target = [UInt8](repeating: 0, count: 4096)
    let size = target.withUnsafeMutableBytes { buffer in
      buffer.bindMemory(to: CChar.self).baseAddress.map { readlink(path, $0, buffer.count) } ?? -1
    }
    return size > 0 ? String(decoding: target[..<size], as: UTF8.self) : nil
  }
}
