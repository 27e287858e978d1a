import Runbook
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Standard output and standard error: the one place where commands print, whole lines at a time.
enum Output {
  private struct Loss {
    /// Why standard output took no more; nil while it takes all.
    var error: SystemError?
    var isExcused = false
  }

  private static let loss = Mutex(Loss())

  static func print(_ text: SafeText) { write(lines(text)) }

  /// Without an end of line.
  static func put(_ text: SafeText) { write(Array(text.utf8)) }

  static func complain(_ text: SafeText) { _ = send(lines(text), to: 2) }

  /// Bytes as they are: never to a terminal.
  static func write(_ bytes: [UInt8]) {
    guard let error = send(bytes, to: 1) else { return }
    loss.withLock { $0.error = $0.error ?? error }
  }

  /// From now on what standard output can't take is no failure: a run is what it did, not what was seen of it.
  static func excuseLoss() { loss.withLock { $0.isExcused = true } }

  /// The status to end with: another than 0 where what was printed did not arrive.
  static func status(after status: Int32) -> Int32 {
    let loss = loss.withLock { $0 }
    guard status == 0, !loss.isExcused, let error = loss.error else { return status }
    // Who closes a pipe has seen enough; it is told apart from success, as where the signal ends a program.
    if error.code == EPIPE { return 128 + SIGPIPE }
    complain("error: not all could be printed: \(error.reason)")
    return ExitStatus.noState.code
  }

  private static func lines(_ text: SafeText) -> [UInt8] {
    var bytes = Array(text.utf8)
    if bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    return bytes
  }

  private static func send(_ bytes: [UInt8], to descriptor: Int32) -> SystemError? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { buffer in
        #if canImport(Glibc)
          Glibc.write(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
          Musl.write(descriptor, buffer.baseAddress, buffer.count)
        #else
          Darwin.write(descriptor, buffer.baseAddress, buffer.count)
        #endif
      }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count < 0, errno == EAGAIN {
        // Whoever shares it has asked not to be kept waiting; we can wait.
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&entry, 1, -1)
      } else if count == 0 || errno != EINTR {
        return SystemError("write", code: count == 0 ? ENOSPC : errno)
      }
    }
    return nil
  }
}
