import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Files read or written in one go.
enum WholeFile {
  /// At most `limit` bytes from `offset` on; a negative offset counts from the end.
  static func read(
    _ path: String, from offset: Int64 = 0, limit: Int = .max
  ) throws(SystemError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw SystemError("open", path: path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SystemError("fstat", path: path) }
    let size = Int64(status.st_size)
    let start = offset < 0 ? max(0, size + offset) : min(offset, size)
    let wanted = Int(min(Int64(limit), size - start))
    var bytes = [UInt8](repeating: 0, count: wanted)
    var done = 0
    while done < wanted {
      let count = bytes.withUnsafeMutableBytes { buffer in
        pread(
          descriptor, buffer.baseAddress.map { $0 + done }, wanted - done,
          off_t(start) + off_t(done))
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw SystemError("read", path: path) }
      if count == 0 { break }
      done += count
    }
    return done == wanted ? bytes : Array(bytes.prefix(done))
  }

  /// The size in bytes; nil where there is no such file.
  static func size(_ path: String) -> Int64? {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(status.st_size) : nil
  }

  /// Makes a new file, on disk before this returns.
  static func write(_ bytes: [UInt8], to path: String, mode: Int32) throws(SystemError) {
    let descriptor = platform_create(path, mode)
    guard descriptor >= 0 else { throw SystemError("open", path: path) }
    defer { close(descriptor) }
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        #if canImport(Glibc)
          Glibc.write(descriptor, buffer.baseAddress.map { $0 + done }, bytes.count - done)
        #elseif canImport(Musl)
          Musl.write(descriptor, buffer.baseAddress.map { $0 + done }, bytes.count - done)
        #else
          Darwin.write(descriptor, buffer.baseAddress.map { $0 + done }, bytes.count - done)
        #endif
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw SystemError("write", path: path) }
      done += count
    }
    guard platform_sync_data(descriptor) == 0 else { throw SystemError("fdatasync", path: path) }
  }

  /// Puts a new file in the place of an old one, if there is any: a reader never sees half of it.
  static func replace(_ path: String, with bytes: [UInt8], mode: Int32) throws(SystemError) {
    let new = "\(path).new"
    unlink(new)
    try write(bytes, to: new, mode: mode)
    guard rename(new, path) == 0 else { throw SystemError("rename", path: path) }
  }

  static func syncFolder(_ path: String) throws(SystemError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError("open", path: path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw SystemError("fsync", path: path) }
  }
}
