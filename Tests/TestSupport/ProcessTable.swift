import Foundation

/// What runs on the machine at a moment, for the message of a test that waited in vain.
public enum ProcessTable {
  /// A line a process: pid, parent, session, state, what it waits for in the kernel, command line. Linux only.
  public static var text: String {
    let pids = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return pids.compactMap { Int32($0) }.sorted().compactMap(line).joined(separator: "\n")
  }

  /// As `ps` shows it; empty where the process has ended.
  public static func commandLine(of pid: Int32) -> String {
    words("/proc/\(pid)/cmdline").joined(separator: " ")
  }

  private static func line(_ pid: Int32) -> String? {
    let command = commandLine(of: pid)
    // The kernel's own have none.
    guard !command.isEmpty, let stat = words("/proc/\(pid)/stat").first else { return nil }
    let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
    guard fields.count > 3 else { return nil }
    let place = words("/proc/\(pid)/wchan").first ?? "-"
    return "\(pid) \(fields[1]) \(fields[3]) \(fields[0]) \(place) \(command.prefix(160))"
  }

  /// A file of `/proc` says that it is empty, so it is read to its end.
  private static func words(_ path: String) -> [String] {
    let data = (try? Data(contentsOf: URL(fileURLWithPath: path))) ?? Data()
    return data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }
}
