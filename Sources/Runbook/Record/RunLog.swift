/// The run log at the end of the note: what happened in a line, who and where, what to do next, and the logs.
struct RunLog {
  let plan: Plan
  let state: RunState
  let logs: [StepLog]
  /// The record note's name.
  let record: String?

  /// So many logs stand in the note; the others are in the record.
  private static let mostLogs = 24

  var region: RunRegion? {
    guard let header = state.header, let started = state.startedAt else { return nil }
    let sum = RunSum(plan: plan, state: state)
    var title = ["\(started.date) \(started.time) \(started.zone)", sum.headline]
    if state.outcome != nil || state.paused != nil {
      title += ["\(sum.done) of \(sum.total)", DurationText.render(seconds: sum.seconds)]
    } else {
      title[1] = "running since \(started.time) by \(header.user) on \(header.machine)"
    }
    return RunRegion(
      run: header.id.text, type: type, title: title.joined(separator: " · "), body: body(header),
      logs: callouts)
  }

  private var type: String {
    switch state.outcome {
    case .succeeded: "success"
    case .warnings: "warning"
    case .failed, .timedOut, .cancelled, .rolledBack, .rollbackFailed: "failure"
    case nil: state.paused == nil ? "info" : "question"
    }
  }

  // MARK: The lines

  private func body(_ header: RunHeader) -> [String] {
    var lines: [String] = []
    var first = ["by \(header.user) on \(header.machine)"]
    if let commit = header.commit {
      first.append("commit \(commit.id)\(commit.isDirty ? " (dirty)" : "")")
    }
    if let record { first.append("record [[\(record)]]") }
    lines.append(first.joined(separator: " · "))
    if let reason = state.failure?.reason { lines.append("reason: \(reason)") }
    lines += state.warnings.map { "note: \($0)" }
    lines += leftovers
    if let next { lines.append("next: \(next)") }
    return lines
  }

  /// What could not be killed, and what was not undone: somebody has to look.
  private var leftovers: [String] {
    var lines: [String] = []
    for (block, progress) in state.blocks {
      for attempt in progress.attempts {
        for process in attempt.result?.survivors ?? [] {
          let title = plan.step(block.step)?.title ?? ""
          lines.append(
            "still running: process \(process.pid) (\(process.name)) of “\(title)” could not be killed"
          )
        }
      }
    }
    if let rollback = state.rollback {
      let left = rollback.steps.filter { state.steps[$0]?.isRolledBack != true }
        .compactMap { plan.step($0)?.title }
      if state.outcome != nil, !left.isEmpty {
        lines.append("not undone: " + left.map { "“\($0)”" }.joined(separator: ", "))
      }
    }
    return lines.sorted()
  }

  private var next: String? {
    guard let header = state.header, state.outcome != nil || state.paused != nil else { return nil }
    if state.paused != nil {
      return "tick the step's box, then `runbook exec` the note again"
    }
    guard let step = RunSum(plan: plan, state: state).failedStep,
      state.blocks.contains(where: { $0.key.step == step.id })
    else { return nil }
    return "`runbook logs \(header.id.short) \(step.number)`"
  }

  // MARK: The logs

  /// Failures first, so that a long run doesn't push them out.
  private var callouts: [LogCallout] {
    let printed = logs.filter { !$0.isEmpty || $0.result?.isSuccess == false }
    let failed = printed.filter { $0.result?.isSuccess == false && $0.role != .doneIf }
    let others = printed.filter { $0.result?.isSuccess == true }
    let chosen = Set((failed + others).prefix(Self.mostLogs).map(\.attempt))
    return printed.filter { chosen.contains($0.attempt) }.map(callout)
  }

  private func callout(_ log: StepLog) -> LogCallout {
    let isFailure = log.result?.isSuccess == false && log.role != .doneIf
    return LogCallout(
      type: isFailure ? "failure" : "success", title: LogTitle(plan: plan, log: log).text,
      isFolded: !isFailure, lines: LogLines.shown(log))
  }
}
