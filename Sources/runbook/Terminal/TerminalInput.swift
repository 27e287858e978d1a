import Runbook

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Keys and lines from a person at a terminal.
///
/// Between `enter` and `leave` keys come one by one and aren't echoed; Ctrl-C, Ctrl-Z and Ctrl-\ still
/// signal. `TerminalGuard` undoes it at any other end. For one thread at a time.
final class TerminalInput {
  /// For `poll`: readable when a key was pressed.
  let descriptor: Int32
  private let isOwn: Bool
  private let original: termios
  private var decoder = KeyDecoder()
  private(set) var isEntered = false

  /// The terminal that controls this process, else standard input if it is one; nil if there is neither.
  static func open() -> TerminalInput? {
    let own = openControlling()
    if own >= 0, let input = TerminalInput(descriptor: own, isOwn: true) { return input }
    return TerminalInput(descriptor: 0)
  }

  /// nil if the descriptor isn't a terminal.
  init?(descriptor: Int32, isOwn: Bool = false) {
    var modes = termios()
    guard tcgetattr(descriptor, &modes) == 0 else { return nil }
    self.descriptor = descriptor
    self.isOwn = isOwn
    original = modes
  }

  deinit {
    leave()
    guard isOwn else { return }
    #if canImport(Glibc)
      _ = Glibc.close(descriptor)
    #elseif canImport(Musl)
      _ = Musl.close(descriptor)
    #else
      _ = Darwin.close(descriptor)
    #endif
  }

  /// Whether the terminal may be read: in the background that would stop the process.
  var isForeground: Bool { TerminalGuard.isForeground(descriptor) }

  /// Takes keys one by one from now on. What was typed before is dropped.
  ///
  /// - Returns: false in the background; try again later.
  @discardableResult
  func enter() -> Bool {
    guard isForeground else { return false }
    let raw = modes { $0.c_lflag &= ~tcflag_t(ICANON | ECHO) }
    TerminalGuard.holdInput(descriptor, original: original, raw: raw)
    isEntered = set(raw)
    return isEntered
  }

  /// Gives the terminal back as it was.
  func leave() {
    guard isEntered else { return }
    isEntered = false
    if isForeground { _ = set(original) }
    TerminalGuard.releaseInput()
  }

  /// Forgets what was typed so far. Called when a question appears: a key pressed before it is no answer.
  func dropTypedAhead() {
    decoder = KeyDecoder()
    if isForeground { tcflush(descriptor, TCIFLUSH) }
  }

  /// The keys pressed since last time; returns at once. Nothing in the background.
  func readKeys() -> [Character] {
    var keys: [Character] = []
    while isForeground, isReadable(milliseconds: 0), let bytes = readSome() {
      keys += decoder.feed(bytes)
    }
    return keys
  }

  /// Asks for a line, with the terminal's own editing.
  ///
  /// - Parameters:
  ///   - isHidden: what is typed isn't shown.
  ///   - isCancelled: looked at ten times a second.
  /// - Returns: the line without its end; nil at the end of input, in the background, or if cancelled.
  func askLine(
    prompt: SafeText, hidden isHidden: Bool = false, isCancelled: () -> Bool = { false }
  ) -> String? {
    guard isForeground else { return nil }
    let wasEntered = isEntered
    let asking = modes {
      $0.c_lflag |= tcflag_t(ICANON | ECHO | ECHOE | ECHOK)
      if isHidden { $0.c_lflag = $0.c_lflag & ~tcflag_t(ECHO) | tcflag_t(ECHONL) }
    }
    TerminalGuard.holdInput(descriptor, original: original, raw: asking)
    guard set(asking) else { return nil }
    show(prompt)
    let line = readLine(isCancelled)
    if line == nil { show("\n") }
    if wasEntered {
      enter()
    } else {
      _ = set(original)
      TerminalGuard.releaseInput()
    }
    return line
  }

  private func readLine(_ isCancelled: () -> Bool) -> String? {
    var line: [UInt8] = []
    while !isCancelled() {
      guard isForeground else { return nil }
      guard isReadable(milliseconds: 100) else { continue }
      guard let bytes = readSome() else { return nil }
      line += bytes
      if line.last == UInt8(ascii: "\n") {
        return String(decoding: line.dropLast(), as: UTF8.self)
      }
    }
    return nil
  }

  private func modes(_ change: (inout termios) -> Void) -> termios {
    var modes = original
    modes.c_lflag |= tcflag_t(ISIG)
    change(&modes)
    return modes
  }

  /// Waits for no output (a stopped terminal would never be done) and drops what was typed.
  private func set(_ modes: termios) -> Bool {
    var modes = modes
    decoder = KeyDecoder()
    defer { tcflush(descriptor, TCIFLUSH) }
    return tcsetattr(descriptor, TCSANOW, &modes) == 0
  }

  private func isReadable(milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, milliseconds) > 0
  }

  /// nil at the end of input and when the terminal is gone.
  private func readSome() -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &bytes, bytes.count)
    if count < 0, errno == EINTR { return [] }
    return count > 0 ? Array(bytes.prefix(count)) : nil
  }

  private func show(_ text: SafeText) {
    let bytes = Array(text.utf8)
    _ = write(descriptor, bytes, bytes.count)
  }

  private static func openControlling() -> Int32 {
    #if canImport(Glibc)
      Glibc.open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
    #elseif canImport(Musl)
      Musl.open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
    #else
      Darwin.open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
    #endif
  }
}
