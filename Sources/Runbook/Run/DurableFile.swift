import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A private file that only grows, a line at a time. After a failed sync it takes nothing more: what the disk
/// has then is unknown, and asking again would be told "fine".
final class DurableFile {
  let path: String
  private let descriptor: Int32
  private var length: Int64
  private var failure: SystemError?
  private var isSynced = true
  private var syncedLength: Int64

  /// Opens the file (0600), makes it where it is missing, and goes on at `length`; what stands behind is cut off.
  init(path: String, length: Int64) throws(SystemError) {
    self.path = path
    self.length = length
    syncedLength = length
    descriptor = platform_create_or_open(path, 0o600)
    guard descriptor >= 0 else { throw SystemError("open", path: path) }
    guard ftruncate(descriptor, off_t(length)) == 0 else {
      throw SystemError("ftruncate", path: path)
    }
  }

  deinit { close(descriptor) }

  /// Makes room on the disk ahead of need.
  func reserve(_ size: Int64) throws(SystemError) {
    let code = platform_reserve(descriptor, size)
    guard code == 0 else { throw SystemError("fallocate", path: path, code: code) }
  }

  /// Appends a line; it is on disk after the next `sync`.
  func append(_ line: String) throws(SystemError) { try append(Array((line + "\n").utf8)) }

  /// The same for bytes as they are.
  func append(_ bytes: [UInt8]) throws(SystemError) {
    if let failure { throw failure }
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        pwrite(
          descriptor, buffer.baseAddress.map { $0 + done }, bytes.count - done,
          off_t(length) + off_t(done))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let error = SystemError("write", path: path, code: count == 0 ? ENOSPC : errno)
        failure = error
        // Half a line in the middle would be found once there is room again.
        ftruncate(descriptor, off_t(length))
        throw error
      }
      done += count
    }
    length += Int64(bytes.count)
    isSynced = false
  }

  func sync() throws(SystemError) {
    if let failure { throw failure }
    if isSynced { return }
    guard platform_sync_data(descriptor) == 0 else {
      let error = SystemError("fdatasync", path: path)
      failure = error
      // Nothing depends on these lines yet, and whoever reads the file must not take them for what the disk has.
      ftruncate(descriptor, off_t(syncedLength))
      throw error
    }
    isSynced = true
    syncedLength = length
  }
}
