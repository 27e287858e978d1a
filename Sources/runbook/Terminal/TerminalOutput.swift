import Runbook

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writing to a terminal that may be stopped (Ctrl-S), slow or gone.
///
/// The terminal is opened once more, without blocking: the flag belongs to the open file, and the one that
/// was inherited is shared with the shell.
struct TerminalOutput: Sendable {
  enum Outcome: Sendable {
    case written
    /// The caller gave up waiting for the terminal to take more.
    case abandoned
    /// Nobody can see it any more.
    case lost
  }

  /// Where the terminal can't be opened again a write may block: this much nearly always fits.
  private static let smallPiece = 256
  /// Milliseconds between two questions whether to go on waiting.
  private static let patience: Int32 = 25

  let descriptor: Int32
  private let isOwn: Bool

  init(_ descriptor: Int32) {
    let own = Self.reopen(descriptor)
    isOwn = own >= 0
    self.descriptor = isOwn ? own : descriptor
  }

  func close() {
    guard isOwn else { return }
    #if canImport(Glibc)
      _ = Glibc.close(descriptor)
    #elseif canImport(Musl)
      _ = Musl.close(descriptor)
    #else
      _ = Darwin.close(descriptor)
    #endif
  }

  func write(_ text: SafeText, unless isAbandoned: () -> Bool) -> Outcome {
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      if !isOwn, !waitForRoom(), isAbandoned() { return .abandoned }
      let size = isOwn ? bytes.count - start : min(Self.smallPiece, bytes.count - start)
      let count = bytes[start..<start + size].withUnsafeBytes {
        send($0.baseAddress, $0.count)
      }
      if count >= 0 {
        start += count
        continue
      }
      guard errno == EAGAIN || errno == EINTR else { return .lost }
      _ = waitForRoom()
      if isAbandoned() { return .abandoned }
    }
    return .written
  }

  private func send(_ start: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, start, count)
    #elseif canImport(Musl)
      Musl.write(descriptor, start, count)
    #else
      Darwin.write(descriptor, start, count)
    #endif
  }

  private func waitForRoom() -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return poll(&entry, 1, Self.patience) > 0
  }

  private static func reopen(_ descriptor: Int32) -> Int32 {
    var name = [CChar](repeating: 0, count: 256)
    guard ttyname_r(descriptor, &name, name.count) == 0 else { return -1 }
    let own = open(name, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard own >= 0 else { return -1 }
    return own
  }
}
