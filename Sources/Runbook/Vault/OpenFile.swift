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
    var capacity = min(Int(try status().st_size), limit) + 1
    while true {
      let bytes = try bytes(capacity: capacity)
      // A byte is left free where the file ends; else it has grown.
      if bytes.count < capacity || capacity > limit { return bytes }
      capacity = min(capacity * 2, limit + 1)
    }
  }

  /// Whether it holds these bytes and no others.
  func holds(_ expected: [UInt8]) throws(SystemError) -> Bool {
    let bytes = try bytes(limit: expected.count)
    guard bytes.count == expected.count else { return false }
    // An array's own comparison goes byte by byte in a debug build; this stands between two swaps.
    return bytes.withUnsafeBytes { left in
      expected.withUnsafeBytes { right in
        guard let one = left.baseAddress, let other = right.baseAddress else { return true }
        return memcmp(one, other, left.count) == 0
      }
    }
  }

  private func bytes(capacity: Int) throws(SystemError) -> [UInt8] {
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      while count < capacity {
        let start = buffer.baseAddress?.advanced(by: count)
        let got = pread(descriptor, start, capacity - count, off_t(count))
        if got < 0, errno == EINTR { continue }
        if got < 0 { code = errno }
        if got <= 0 { return }
        count += got
      }
    }
    guard code == 0 else { throw SystemError("read", path: path, code: code) }
    return bytes
  }
}
