import Runbook

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The thread that draws. All of it runs there, but for `startThread`.
extension LivePainter {
  /// Between two frames, however often something changes.
  private static let shortest = Duration.milliseconds(33)
  /// Milliseconds between two frames of the spinner.
  private static let beat = 100
  /// Milliseconds between two looks at the size where nothing moves.
  private static let idle = 250

  func startThread() -> SystemThread? { SystemThread { self.run() } }

  private func run() {
    TerminalGuard.holdOutput(output.descriptor)
    var screen = LiveScreen(style: style)
    let start = ContinuousClock.now
    var resumes = TerminalGuard.resumes
    while true {
      let frameStart = ContinuousClock.now
      wake.drain()
      let isVisible =
        !TerminalGuard.isEnding && TerminalGuard.isForeground(output.descriptor)
      let now = takeState(withMessages: isVisible)
      if resumes != TerminalGuard.resumes {
        resumes = TerminalGuard.resumes
        screen.forget()
      }
      if !isVisible { screen.forget() }
      let text: SafeText = isVisible ? self.text(&screen, now, since: start) : ""
      let outcome = output.write(text) { self.isOverdue }
      if now.isPaused { rest.wake() }
      if outcome == .lost { state.withLock { $0.isLost = true } }
      if now.stopsAt != nil || outcome != .written { break }
      _ = wake.wait(milliseconds: pause(now, isVisible))
      rest(since: frameStart, until: Self.shortest)
    }
    TerminalGuard.releaseOutput()
    end()
  }

  /// The state as it is; its messages are taken if they can be shown.
  private func takeState(withMessages isVisible: Bool) -> State {
    state.withLock {
      let now = $0
      if isVisible, !now.isPaused { $0.messages = [] }
      return now
    }
  }

  private func text(
    _ screen: inout LiveScreen, _ now: State, since start: ContinuousClock.Instant
  ) -> SafeText {
    let size = TerminalSize.of(output.descriptor)
    if now.isPaused { return screen.leave(keepingFrame: now.keepsFrame, size: size) }
    let isLast = now.stopsAt != nil
    let tick = isLast ? nil : Int(start.duration(to: .now) / .milliseconds(Self.beat))
    let model = now.model?.advanced(by: now.since.duration(to: .now) / .seconds(1))
    let lines =
      model.map {
        LiveFrame.lines(
          $0, width: size.columns, height: Self.rows(of: size), style: style, tick: tick)
      } ?? []
    let drawing: SafeText =
      lines.isEmpty && now.messages.isEmpty
      ? "" : screen.draw(lines, size: size, messages: now.messages)
    return isLast ? drawing + screen.leave(keepingFrame: true, size: size) : drawing
  }

  /// Nobody waits for the terminal any more.
  private var isOverdue: Bool {
    state.withLock { $0.stopsAt.map { $0 < .now } ?? false }
  }

  private func pause(_ now: State, _ isVisible: Bool) -> Int32 {
    let isMoving = isVisible && !now.isPaused && now.model?.isAnimated == true
    return Int32(isMoving ? Self.beat : Self.idle)
  }

  /// A thousand changes a second are not a thousand frames.
  private func rest(since start: ContinuousClock.Instant, until shortest: Duration) {
    let left = shortest - start.duration(to: .now)
    guard left > .zero, state.withLock({ $0.stopsAt == nil && !$0.isPaused }) else { return }
    _ = poll(nil, 0, Int32(left / .milliseconds(1)) + 1)
  }

  private func end() {
    state.withLock { $0.isOver = true }
    rest.wake()
  }
}
