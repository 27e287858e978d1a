import Runbook
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Puts the terminal back as it was found, whichever way the program ends or stops: return, `exit`, a
/// signal that nobody handles, a crash, Ctrl-Z. Only SIGKILL and SIGSTOP get past it; after the first the next command
/// in this terminal puts it back (`TerminalRescue`).
///
/// Everything that a signal handler does here is on POSIX's list of functions that it may call; what it
/// reads is atomic or was written before the flag that says so.
enum TerminalGuard {
  /// Set once before the flag that makes a handler read them.
  private struct Modes {
    var original = termios()
    var raw = termios()
  }

  nonisolated(unsafe) private static let modes: UnsafeMutablePointer<Modes> = {
    let pointer = UnsafeMutablePointer<Modes>.allocate(capacity: 1)
    pointer.initialize(to: Modes())
    return pointer
  }()
  private static let crashes = [SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGBUS, SIGSEGV]
  private static let signalCount = 32
  nonisolated(unsafe) private static let previous: UnsafeMutablePointer<sigaction> = {
    let pointer = UnsafeMutablePointer<sigaction>.allocate(capacity: signalCount)
    pointer.initialize(repeating: sigaction(), count: signalCount)
    return pointer
  }()
  /// The file that the next command would put the terminal back by; a C string, since a handler removes it.
  nonisolated(unsafe) private static var rescue: UnsafeMutablePointer<CChar>?
  private static let input = Atomic<Int32>(-1)
  private static let output = Atomic<Int32>(-1)
  private static let resumeCount = Atomic<Int>(0)
  private static let isEndingFlag = Atomic<Bool>(false)
  private static let isInstalled = Atomic<Bool>(false)

  /// Automatic wrapping on, cursor shown, no synchronized update open.
  static let restoring: SafeText = "\u{1B}[?2026l\u{1B}[?7h\u{1B}[?25h"
  /// With an end of line: whatever is written next (a prompt, a backtrace) must not stand in the frame.
  nonisolated(unsafe) private static let restoringBytes: UnsafeBufferPointer<UInt8> = {
    let text: SafeText = "\r\n\(restoring)"
    let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count)
    _ = buffer.initialize(from: text.utf8)
    return UnsafeBufferPointer(buffer)
  }()

  /// Grows each time the program goes on after having been stopped: what it drew is then not where it was.
  static var resumes: Int { resumeCount.load(ordering: .acquiring) }

  /// The program is about to die of a signal; nothing is drawn any more.
  static var isEnding: Bool { isEndingFlag.load(ordering: .acquiring) }

  /// From now on the cursor is shown again at any end.
  static func holdOutput(_ descriptor: Int32) {
    install()
    output.store(descriptor, ordering: .releasing)
  }

  static func releaseOutput() { output.store(-1, ordering: .releasing) }

  /// From now on the terminal's modes are restored at any end.
  static func holdInput(_ descriptor: Int32, original: termios, raw: termios) {
    install()
    modes.pointee = Modes(original: original, raw: raw)
    let path = TerminalRescue.keep(
      original: original, raw: raw, environment: ProcessContext.environment)
    // One terminal, so one path: it is made once.
    if rescue == nil, let path { rescue = strdup(path) }
    input.store(descriptor, ordering: .releasing)
  }

  static func releaseInput() {
    input.store(-1, ordering: .releasing)
    forget()
  }

  /// Whoever was stopped comes back and needs the file still; only an end removes it.
  fileprivate static func forget() {
    if let rescue { unlink(rescue) }
  }

  /// The process may use the terminal: it is in the foreground, or the terminal isn't the one that
  /// controls it (then there is no background).
  static func isForeground(_ descriptor: Int32) -> Bool {
    let group = tcgetpgrp(descriptor)
    return group < 0 || group == getpgrp()
  }

  private static func install() {
    let isFirst = isInstalled.compareExchange(
      expected: false, desired: true, ordering: .sequentiallyConsistent
    ).exchanged
    guard isFirst else { return }
    // Lazily made constants must exist before a handler reads them: making one takes a lock.
    _ = (modes, restoringBytes, resumes, input.load(ordering: .relaxed))
    _ = (output.load(ordering: .relaxed), previous, isEnding)
    atexit {
      TerminalGuard.restore()
      TerminalGuard.forget()
    }
    for signal in [SIGHUP, SIGINT, SIGTERM, SIGQUIT] { handleUnlessHandled(signal, atEnd) }
    for signal in crashes { handleFirst(signal) }
    handleUnlessHandled(SIGTSTP, atStop)
    handleUnlessHandled(SIGCONT, atResume)
  }

  /// Before Swift's own handler, which writes a backtrace and lets the program die.
  private static func handleFirst(_ signal: Int32) {
    guard Int(signal) < signalCount else { return }
    sigaction(signal, nil, &previous[Int(signal)])
    setHandler(signal, atCrash)
  }

  /// Gives the signal back to whoever had it.
  fileprivate static func handBack(_ signal: Int32) {
    guard signal > 0, Int(signal) < signalCount else { return }
    sigaction(signal, &previous[Int(signal)], nil)
  }

  /// Whoever handles (or ignores) a signal already is left alone, and has to end by `exit`.
  private static func handleUnlessHandled(
    _ signal: Int32, _ handler: @escaping @convention(c) (Int32) -> Void
  ) {
    var current = sigaction()
    guard sigaction(signal, nil, &current) == 0, isDefault(current) else { return }
    setHandler(signal, handler)
  }

  private static func isDefault(_ action: sigaction) -> Bool {
    #if os(Linux)
      unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 0
    #else
      unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self) == 0
    #endif
  }

  fileprivate static func setHandler(
    _ signal: Int32, _ handler: (@convention(c) (Int32) -> Void)?
  ) {
    var action = sigaction()
    #if os(Linux)
      action.__sigaction_handler.sa_handler = handler
    #else
      action.__sigaction_u.__sa_handler = handler
    #endif
    action.sa_flags = SA_RESTART | SA_ONSTACK
    sigaction(signal, &action, nil)
  }

  /// Not from the background: that could stop the process (SIGTTOU), and the shell has its own modes.
  /// For a command that was killed and could not do it: the cursor and the wrapping of lines as they were.
  static func restoreScreen(_ descriptor: Int32) {
    let text = Array(restoring.utf8)
    _ = write(descriptor, text, text.count)
  }

  fileprivate static func restore() {
    let screen = output.load(ordering: .acquiring)
    if screen >= 0, isForeground(screen) {
      _ = write(screen, restoringBytes.baseAddress, restoringBytes.count)
    }
    let keys = input.load(ordering: .acquiring)
    if keys >= 0, isForeground(keys) { tcsetattr(keys, TCSANOW, &modes.pointee.original) }
  }

  fileprivate static func end() {
    isEndingFlag.store(true, ordering: .releasing)
    restore()
    forget()
  }

  fileprivate static func resume() {
    let keys = input.load(ordering: .acquiring)
    if keys >= 0, isForeground(keys) { tcsetattr(keys, TCSANOW, &modes.pointee.raw) }
    resumeCount.add(1, ordering: .acquiringAndReleasing)
  }

  /// Raises a signal with its default action, from within its own handler.
  fileprivate static func raiseDefault(_ signal: Int32) {
    setHandler(signal, nil)
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, signal)
    raise(signal)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }
}

private func atEnd(_ signal: Int32) {
  TerminalGuard.end()
  TerminalGuard.raiseDefault(signal)
}

/// What faulted faults again on return, now for the handler before; `abort` does not come back, so it is
/// raised again, to be delivered on return.
private func atCrash(_ signal: Int32) {
  TerminalGuard.end()
  TerminalGuard.handBack(signal)
  if signal == SIGABRT { raise(signal) }
}

private func atStop(_ signal: Int32) {
  let saved = errno
  TerminalGuard.restore()
  TerminalGuard.raiseDefault(signal)
  TerminalGuard.setHandler(signal, atStop)
  // Also where there was no stop after all: an orphaned process group is not stopped.
  TerminalGuard.resume()
  errno = saved
}

private func atResume(_ signal: Int32) {
  let saved = errno
  TerminalGuard.resume()
  errno = saved
}
