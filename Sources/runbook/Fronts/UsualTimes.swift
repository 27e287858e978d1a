import Runbook

/// How long the steps of a run usually take. Read once, and only when a step has run long enough to be slow: most
/// runs end before that.
final class UsualTimes {
  /// Seconds that a step runs before anybody wonders.
  static let patience = 5.0

  private let history: RunHistory
  private var known: [StepID: Double]?

  init(_ run: RunFolder) { history = RunHistory(around: run) }

  /// From how many seconds on a step is slow whose usual time is that.
  static func limit(_ usual: Double) -> Double { max(usual * 1.5, usual + patience) }

  /// `12s`
  static func text(_ usual: Double) -> String {
    usual < 10 ? Elapsed.text(usual) : TimeLimit.text(usual.rounded())
  }

  /// Nil: not known, or not yet looked for.
  func time(of step: StepID) -> Double? { known?[step] }

  /// False where that was done before.
  func load(_ note: String) -> Bool {
    guard known == nil else { return false }
    known = history.usual(note: note)
    return true
  }
}
