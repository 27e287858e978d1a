import TestSupport

@testable import RunbookCLI

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A terminal of which the test is the screen and the keyboard.
final class TestTerminal {
  struct Failure: Error {}

  private var master: Int32
  let device: Int32

  init(_ size: TerminalSize) throws {
    // `posix_openpt` and its kin can't be imported here; these are what they do on Linux.
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var isLocked: Int32 = 0
    var number: Int32 = 0
    guard master >= 0, ioctl(master, UInt(0x4004_5431), &isLocked) == 0,
      ioctl(master, UInt(0x8004_5430), &number) == 0
    else { throw Failure() }
    device = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard device >= 0 else { throw Failure() }
    resize(to: size)
  }

  deinit {
    hangUp()
    close(device)
  }

  func resize(to size: TerminalSize) {
    var value = winsize()
    value.ws_col = UInt16(size.columns)
    value.ws_row = UInt16(size.rows)
    _ = ioctl(master, UInt(TIOCSWINSZ), &value)
  }

  func hangUp() {
    if master >= 0 { close(master) }
    master = -1
  }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(master, bytes, bytes.count)
  }

  /// What was written within so many milliseconds, as soon as there is anything.
  func output(milliseconds: Int32) -> [UInt8] {
    guard hasOutput(milliseconds: milliseconds) else { return [] }
    var bytes = [UInt8](repeating: 0, count: 65536)
    let count = read(master, &bytes, bytes.count)
    return count > 0 ? Array(bytes.prefix(count)) : []
  }

  /// Whether something was written, which is left where it is.
  func hasOutput(milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, milliseconds) > 0
  }

  /// Whether a key has arrived at the program's side: that takes a moment after it was typed.
  func hasInput(milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: device, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, milliseconds) > 0
  }

  /// Lets the terminal show what is written until it shows what is waited for.
  func show(on terminal: inout VirtualTerminal, until isReached: (VirtualTerminal) -> Bool) -> Bool
  {
    let end = ContinuousClock.now + .seconds(Patience.seconds)
    while !isReached(terminal) {
      if .now > end { return false }
      terminal.feed(output(milliseconds: 1000))
    }
    return true
  }

  /// What the terminal driver does with keys.
  var localModes: tcflag_t {
    var modes = termios()
    tcgetattr(device, &modes)
    return modes.c_lflag
  }
}
