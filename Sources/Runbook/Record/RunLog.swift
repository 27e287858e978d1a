/// The run log at the end of the note: what happened in a line, who and where, what to do next, and the logs.
struct RunLog {
  let plan: Plan
  let state: RunState
  let logs: [StepLog]
  /// The record note's name.
  let record: String?

  /// So many logs stand in the note; the others are in the record.
  private static let mostLogs = 24

  private var sum: RunSum { RunSum(plan: plan, state: state) }

  var region: RunRegion? {
    guard let header = state.header, let started = state.startedAt else { return nil }
    var title = ["\(started.date) \(started.time) \(started.zone)", sum.headline]
    if state.outcome != nil || state.paused != nil {
      title += ["\(sum.done) of \(sum.total)", DurationText.render(seconds: sum.seconds)]
    } else {
      let what = header.undoes == nil ? "running" : sum.headline
      title[1] = "\(what) since \(started.time) by \(header.user) on \(header.machine)"
    }
    return RunRegion(
      run: header.id.text, type: type, title: title.joined(separator: " · "), body: body(header),
      logs: EmbedLog(plan: plan, state: state).callouts + callouts)
  }

  private var type: String {
    switch state.outcome {
    case .rolledBack where state.header?.undoes != nil: "warning"
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
    if let undoing = header.undoes {
      lines.append("undoes \(sum.origin(undoing))")
    } else if let reason = state.failure?.reason {
      lines.append("reason: \(reason)")
    }
    lines += state.warnings.map { "note: \($0)" }
    lines += (sum.interruptions + [sum.waited].compactMap(\.self)).map { "note: \($0)" }
    lines += sum.leftovers
    if let next = sum.next { lines.append("next: \(next)") }
    return lines
  }

  // MARK: The logs

  private var callouts: [LogCallout] {
    LogChoice.of(logs, most: Self.mostLogs).map(callout)
  }

  private func callout(_ log: StepLog) -> LogCallout {
    let type = LogChoice.type(log, state)
    return LogCallout(
      type: type, title: LogTitle(plan: plan, log: log).text, isFolded: type != "failure",
      lines: LogLines.shown(log))
  }
}
