#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A descriptor that is closed with its last reference.
final class OpenFile {
  let descriptor: Int32
  /// For messages.
  let path: String

  init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  func status() throws(SystemError) -> stat {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SystemError("stat", path: path) }
    return status
  }

  func identity() throws(SystemError) -> FileIdentity { FileIdentity(try status()) }

  /// The whole content, from the start, wherever the descriptor stands; one byte more than `limit` at most.
  func bytes(limit: Int = .max - 1) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    var wanted = min(Int(try status().st_size), limit) + 1
    while true {
      let start = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: wanted))
      let got = bytes.withUnsafeMutableBytes { buffer in
        pread(descriptor, buffer.baseAddress?.advanced(by: start), wanted, off_t(start))
      }
      let code = errno
      bytes.removeLast(wanted - max(got, 0))
      if got < 0, code == EINTR { continue }
      if got < 0 { throw SystemError("read", path: path, code: code) }
      if got == 0 || bytes.count > limit { return bytes }
      wanted = min(65_536, limit + 1 - bytes.count)
    }
  }
}
