/// The note that keeps one run for good, a section a file. It holds no task, block id or embed, since a record must
/// not flood the vault's task queries.
struct RecordNote {
  let plan: Plan
  let state: RunState
  let logs: [StepLog]
  let refusals: [String]
  /// The note that was run.
  let note: NoteLink
  /// The last run of it that went well.
  let baseline: RunBaseline?
  let mask: SecretMask
  let tools: ToolVersions

  private var sum: RunSum { RunSum(plan: plan, state: state) }

  /// `2026-08-21 140210 Workflow-Quick`; of a run that was gone on with, when that was: what was recorded before stays.
  var name: String {
    let started = state.reopenings.last?.at ?? state.startedAt
    let time = (started?.time ?? "").filter { $0 != ":" }
    return "\(started?.date ?? "") \(time) \(note.title)"
  }

  var bytes: [UInt8] {
    let parts: [String?] = [
      RecordProperties(plan: plan, state: state, note: note).text,
      headline,
      left,
      RecordSteps(plan: plan, state: state).text,
      hosts,
      RecordTimeline(plan: plan, state: state, note: note.title).text,
      remarks,
      changes,
      state.header.map { RecordSurroundings(header: $0, tools: tools, mask: mask).text },
      RecordBlocks(plan: plan, state: state, mask: mask).text,
      RecordLogs(plan: plan, state: state, logs: logs).text,
    ]
    return Array((parts.compactMap(\.self).joined(separator: "\n\n") + "\n").utf8)
  }

  private var headline: String {
    let started = state.startedAt
    let what = "\(link) · \(MarkText.title(sum.headline))"
    let when =
      "\(started?.date ?? "") \(started?.time ?? "") \(started?.zone ?? "") · "
      + "\(sum.done) of \(sum.total) · \(DurationText.render(seconds: sum.seconds))"
    let about =
      "This note is the record of a run. To run it again, use the runbook: \(link).\(unlinked)"
    let origin = state.header?.undoes.map { "\nIt undid \(sum.origin($0))." } ?? ""
    return "> [!\(sum.calloutType)] \(what)\n> \(when)\n\n\(about)\(origin)"
  }

  private var link: String { note.text() ?? ValueText.code(note.path) }

  private var unlinked: String {
    note.obstacle.map {
      "\nNo link can lead to it: there is \($0) in its path. Give it another name, and links will."
    } ?? ""
  }

  private var hosts: String? {
    let tables = HostTable.all(plan, logs)
    return tables.isEmpty ? nil : "## Hosts\n\n" + tables.joined(separator: "\n\n")
  }

  private var left: String? {
    guard !refusals.isEmpty else { return nil }
    return "> [!warning] Not all of it is in the note\n"
      + refusals.map { "> - \(MarkText.body($0))" }.joined(separator: "\n")
  }

  /// A later rollback runs the blocks that the run had which it undoes.
  private var changes: String? {
    guard let header = state.header, header.undoes == nil, let baseline else { return nil }
    return RecordChanges(plan: plan, header: header, baseline: baseline, mask: mask).text
  }

  private var remarks: String? {
    let remarks = state.warnings + sum.interruptions + sum.waits + sum.leftovers
    guard !remarks.isEmpty else { return nil }
    return "## Notes\n\n" + remarks.map { "- \(MarkText.title($0))" }.joined(separator: "\n")
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
