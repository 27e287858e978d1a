/// The note that keeps one run for good: properties, a table of the steps, the logs. It holds no task, block id or
/// embed, since a record must not flood the vault's task queries.
struct RecordNote {
  let plan: Plan
  let state: RunState
  let logs: [StepLog]
  let refusals: [String]
  /// The name of the note that was run.
  let note: String

  /// A block that runs every 30 s for a day prints more logs than anybody reads.
  private static let mostLogs = 200

  private var sum: RunSum { RunSum(plan: plan, state: state) }

  /// `2026-08-21 140210 Workflow-Quick`
  var name: String {
    let started = state.startedAt
    let time = (started?.time ?? "").filter { $0 != ":" }
    return "\(started?.date ?? "") \(time) \(note)"
  }

  var bytes: [UInt8] {
    var parts = [frontMatter, headline]
    if !refusals.isEmpty {
      parts.append(
        "> [!warning] Not all of it is in the note\n"
          + refusals.map { "> - \(MarkText.body($0))" }.joined(separator: "\n"))
    }
    parts.append("## Steps\n\n" + table)
    let hosts = HostTable.all(plan, logs)
    if !hosts.isEmpty { parts.append("## Hosts\n\n" + hosts.joined(separator: "\n\n")) }
    let remarks = state.warnings + sum.interruptions + sum.leftovers
    if !remarks.isEmpty {
      parts.append(
        "## Notes\n\n" + remarks.map { "- \(MarkText.title($0))" }.joined(separator: "\n"))
    }
    if !plan.parameters.isEmpty { parts.append("## Parameters\n\n" + parameters) }
    let texts = LogChoice.of(logs, most: Self.mostLogs).map(log)
    if !texts.isEmpty { parts.append("## Logs\n\n" + texts.joined(separator: "\n\n")) }
    return Array((parts.joined(separator: "\n\n") + "\n").utf8)
  }

  // MARK: Properties

  private var frontMatter: String {
    var lines = ["---", "tags: [runbook-run]", "runbook: \(Self.quoted("[[\(note)]]"))"]
    for property in RunProperties(plan: plan, state: state).properties {
      lines.append("\(property.name): \(Self.yaml(property.value))")
    }
    if let header = state.header {
      lines.append("host: \(PropertyText.text(header.machine))")
      lines.append("user: \(PropertyText.text(header.user))")
      if let commit = header.commit {
        lines.append("commit: \(Self.quoted(commit.id + (commit.isDirty ? " (dirty)" : "")))")
      }
      if let undoing = header.undoes { lines.append("undoes: \(undoing.run.text)") }
      if let section = header.section { lines.append("section: \(PropertyText.text(section))") }
    }
    return (lines + ["---"]).joined(separator: "\n")
  }

  private static func yaml(_ value: NoteMarks.Property.Value) -> String {
    switch value {
    case .text(let text): PropertyText.text(text)
    case .literal(let text): text
    }
  }

  private static func quoted(_ text: String) -> String {
    let escaped = text.flatMap { $0 == "\\" || $0 == "\"" ? ["\\", $0] : [$0] }
    return "\"\(String(escaped))\""
  }

  private var headline: String {
    let started = state.startedAt
    let what = "[[\(note)]] · \(MarkText.title(sum.headline))"
    let when =
      "\(started?.date ?? "") \(started?.time ?? "") \(started?.zone ?? "") · "
      + "\(sum.done) of \(sum.total) · \(DurationText.render(seconds: sum.seconds))"
    let about =
      "This note is the record of a run. To run it again, use the runbook: [[\(note)]]."
    let id = state.header.map { "Run `\($0.id.text)`, plan `\($0.digest.prefix(12))`." } ?? ""
    let origin = state.header?.undoes.map { "\nIt undid \(sum.origin($0))." } ?? ""
    return "> [!\(sum.calloutType)] \(what)\n> \(when)\n\n\(about) \(id)\(origin)"
  }

  // MARK: Steps

  private var table: String {
    var lines = [
      "|  | Step | Result | Exit | Took | At |", "| ---: | --- | --- | ---: | ---: | --- |",
    ]
    for step in plan.steps {
      let progress = state.steps[step.id]
      let indent = String(repeating: "&emsp;", count: step.depth)
      lines.append(
        "| \(step.number) | \(indent)\(Self.cell(step.title)) | \(Self.cell(result(step))) "
          + "| \(progress?.exit.map(String.init) ?? "") "
          + "| \(progress?.took.map { DurationText.render(seconds: $0) } ?? "") "
          + "| \(progress?.startedAt?.time ?? progress?.endedAt?.time ?? "") |")
    }
    return lines.joined(separator: "\n")
  }

  private func result(_ step: Step) -> String {
    guard let progress = state.steps[step.id], let result = progress.result else {
      let hasCleanedUp = step.blocks(.always).contains {
        state.blocks[BlockRef(step: step.id, index: $0)]?.last != nil
      }
      return hasCleanedUp ? "not run, but its always block" : "not run"
    }
    var word = result.rawValue
    if let reason = progress.reason { word += ": \(reason)" }
    switch progress.isRolledBack {
    case true?: return result == .succeeded ? "rolled back" : "\(word) · rolled back"
    case false?: return "\(word) · rollback failed"
    case nil: return word
    }
  }

  private static func cell(_ text: String) -> String { MarkText.title(text) }

  // MARK: Parameters

  private var parameters: String {
    var lines = ["| Name | Value | From |", "| --- | --- | --- |"]
    for parameter in state.header?.parameters ?? [] {
      let value = parameter.value.map(ValueText.cell) ?? "••••"
      lines.append("| \(parameter.name) | \(value) | \(parameter.source.rawValue) |")
    }
    return lines.joined(separator: "\n")
  }

  // MARK: Logs

  private func log(_ log: StepLog) -> String {
    LogCallout(
      type: LogChoice.type(log, state),
      title: LogTitle(plan: plan, log: log).text, isFolded: true, lines: LogLines.shown(log)
    ).rendered(mark: nil).joined(separator: "\n")
  }
}

extension RunSum {
  var calloutType: String {
    switch state.outcome {
    case .rolledBack where state.header?.undoes != nil: "warning"
    case .succeeded: "success"
    case .warnings: "warning"
    default: "failure"
    }
  }
}
