/// Which logs of a run are shown where there is no room for all.
enum LogChoice {
  /// In the order of the run; failures go first where some have to be left out, so that a long run doesn't push
  /// them out. A log without a line is shown only of a failure.
  static func of(_ logs: [StepLog], most: Int) -> [StepLog] {
    let printed = logs.filter { !$0.isEmpty || isFailure($0) }
    let ordered = printed.filter(isFailure) + printed.filter { !isFailure($0) }
    let chosen = Set(ordered.prefix(most).map(\.attempt))
    return printed.filter { chosen.contains($0.attempt) }
  }

  /// The callout's type. A try that failed and was made good, by another one or a fallback, or was let pass, is
  /// no failure of the run: only what needs a look stands open and red.
  static func type(_ log: StepLog, _ state: RunState) -> String {
    guard isFailure(log) else { return "success" }
    let isOfStep = log.role == .run || log.role == .fallback || log.role == .doneIf
    let result = state.steps[log.attempt.block.step]?.result
    return isOfStep && result != nil && result?.isFailure == false ? "warning" : "failure"
  }

  /// `done-if` asks a question; "no" is an answer and no failure.
  static func isFailure(_ log: StepLog) -> Bool {
    log.result?.isSuccess == false && (log.role != .doneIf || log.result?.exit == nil)
  }
}
