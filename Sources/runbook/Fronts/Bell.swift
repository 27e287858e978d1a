import Runbook

/// Rings the terminal's bell, once, when a run has ended or waits for a person who has not been heard of for a while.
final class Bell: RunObserver {
  private let patience: Double
  private let ring: () -> Void
  /// When the person last did something, by the run's clock.
  private var lastSign = 0.0

  /// In seconds, where `RUNBOOK_BELL` says nothing else.
  static let usualPatience = 10.0

  /// Nil where it is not to ring: `RUNBOOK_BELL=none`.
  init?(environment: [String: String], ring: @escaping () -> Void) {
    let limit = environment["RUNBOOK_BELL"].flatMap { TimeLimit($0) }
    guard let patience = (limit ?? .seconds(Self.usualPatience)).seconds else { return nil }
    self.patience = patience
    self.ring = ring
  }

  /// Whoever begins a run, or looks at one, has just typed a command.
  func begin(_ state: RunState) { lastSign = state.uptime }

  func observe(_ event: RunEvent, _ state: RunState) {
    switch event.kind {
    case .answered(let value):
      if value.answer.choice != .none { lastSign = event.uptime }
    case .cancelRequested: lastSign = event.uptime
    case .asked, .paused, .runEnded:
      if event.uptime - lastSign >= patience { ring() }
    default: break
    }
  }

  /// A terminal that is stopped (Ctrl-S) or gone is not waited for.
  static func ringTerminal() {
    let output = TerminalOutput(1)
    defer { output.close() }
    _ = output.write("\u{7}") { true }
  }
}
