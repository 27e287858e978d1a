import Runbook
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Draws the live view from a thread of its own. Whoever has something new to show leaves it here and goes
/// on at once: a terminal that is stopped, slow or gone never holds up a deadline.
///
/// Nothing else may write to the terminal between `start` and `stop`, but between `pause` and `resume`.
final class LivePainter: Sendable {
  struct State {
    var model: LiveModel?
    var since = ContinuousClock.now
    var messages: [String] = []
    var isPaused = false
    var keepsFrame = false
    /// When waiting for the terminal ends; nil before `stop`.
    var stopsAt: ContinuousClock.Instant?
    var isLost = false
    var isOver = false
  }

  let state = Mutex(State())
  let style: Style
  let output: TerminalOutput
  let wake: WakePipe
  /// Woken when the thread has left the terminal alone, by pause or for good.
  let rest: WakePipe
  private let thread = Mutex<SystemThread?>(nil)

  /// nil where there are no descriptors or no thread to be had.
  init?(descriptor: Int32, style: Style) {
    guard let wake = WakePipe() else { return nil }
    guard let rest = WakePipe() else {
      wake.close()
      return nil
    }
    self.wake = wake
    self.rest = rest
    self.style = style
    output = TerminalOutput(descriptor)
    guard let started = startThread() else {
      closeAll()
      return nil
    }
    thread.withLock { $0 = started }
  }

  /// Rows that a frame may have.
  var rows: Int { Self.rows(of: TerminalSize.of(output.descriptor)) }

  /// The cursor needs one below the frame.
  static func rows(of size: TerminalSize) -> Int { max(1, size.rows - 1) }

  /// False once the terminal was found to be gone.
  var isWatched: Bool { !state.withLock(\.isLost) }

  /// Shows this from now on.
  func update(_ model: LiveModel) {
    change {
      $0.model = model
      $0.since = .now
    }
  }

  /// Lines that stay, above the view.
  func print(above lines: [String]) {
    change { $0.messages += lines }
  }

  /// Leaves the terminal to someone else: a prompt, an interactive step.
  ///
  /// - Parameter isKept: the view stays where it is; else it is taken away, and drawn anew below whatever
  ///   was written meanwhile.
  /// - Returns: false if the terminal took too long to free itself (200 ms).
  @discardableResult
  func pause(keepingFrame isKept: Bool = false) -> Bool {
    rest.drain()
    let isRunning = change {
      $0.isPaused = true
      $0.keepsFrame = isKept
    }
    return !isRunning || rest.wait(milliseconds: 200)
  }

  func resume() {
    change { $0.isPaused = false }
  }

  /// Draws the last frame, leaves it there with the cursor below, and ends the thread.
  ///
  /// - Parameter seconds: how long a terminal that takes nothing is waited for.
  /// - Returns: false if it took nothing for so long; the thread is then left behind.
  @discardableResult
  func stop(within seconds: Double = 0.2) -> Bool {
    // The thread gives up a little earlier, so that it is rarely left behind.
    change {
      $0.isPaused = false
      $0.stopsAt = .now + .seconds(seconds * 0.6)
    }
    guard let thread = thread.withLock({ $0.take() }) else { return true }
    let end = ContinuousClock.now + .seconds(seconds)
    while !state.withLock(\.isOver) {
      guard .now < end else { return false }
      rest.drain()
      if state.withLock(\.isOver) { break }
      _ = rest.wait(milliseconds: 10)
    }
    thread.join()
    closeAll()
    return true
  }

  /// After `stop` nothing is changed any more: the pipe's descriptors may be someone else's by then, which
  /// is why it is woken under the lock.
  @discardableResult
  private func change(_ edit: (inout State) -> Void) -> Bool {
    state.withLock {
      guard $0.stopsAt == nil else { return false }
      edit(&$0)
      wake.wake()
      return true
    }
  }

  private func closeAll() {
    wake.close()
    rest.close()
    output.close()
  }
}
