/// Makes notes out of runs: the marks in the note that was run, and the record note. Pure.
public struct RunRenderer: RunRendering {
  let plan: Plan
  /// For the blocks' text in the record; what comes from the run is masked before.
  let mask: SecretMask

  public init(plan: Plan, mask: SecretMask) {
    self.plan = plan
    self.mask = mask
  }

  public func annotated(
    _ bytes: [UInt8], _ state: RunState, _ logs: [StepLog], record: String?
  ) -> RenderedNote {
    do {
      let note = try Note(Note.stripping(bytes))
      let (items, lost) = StepMarks(plan: plan, state: state).items(
        in: note, before: NoteMarks(readingFrom: try Note(bytes)).items)
      let marks = NoteMarks(
        items: items,
        region: RunLog(plan: plan, state: state, logs: logs, record: record).region,
        properties: note.frontMatter == nil
          ? [] : RunProperties(plan: plan, state: state).properties)
      let insertion = note.inserting(marks)
      return RenderedNote(
        bytes: insertion.bytes, refusals: lost + insertion.refusals.map(describe))
    } catch {
      // The note has become something that can't be read: it is left alone.
      return RenderedNote(
        bytes: bytes, refusals: ["nothing was written into the note: \(error.message)"])
    }
  }

  private func describe(_ refusal: Insertion.Refusal) -> String {
    switch refusal.part {
    case .note: "nothing was written into the note: \(refusal.reason)"
    case .region: "the run log was not written into the note: \(refusal.reason)"
    case .properties: "the properties were not written into the note: \(refusal.reason)"
    case .item: "a step's result was not written into the note: \(refusal.reason)"
    }
  }

  public func recordNote(
    _ state: RunState, _ logs: [StepLog], refusals: [String], note: NoteLink,
    baseline: RunBaseline?,
    tools: ToolVersions
  ) -> (name: String, bytes: [UInt8]) {
    let record = RecordNote(
      plan: plan, state: state, logs: logs, refusals: refusals, note: note,
      baseline: baseline, mask: mask, tools: tools)
    return (record.name, record.bytes)
  }

  public func isRecord(_ bytes: [UInt8], of state: RunState) -> Bool {
    guard let record = RecordSummary(bytes) else { return false }
    return record.run == state.header?.id && record.part == RecordProperties.part(of: state)
  }

  public func disagreements(_ record: [UInt8], _ state: RunState, note: NoteLink) -> [String] {
    let own = recordNote(
      state, [], refusals: [], note: note, baseline: nil, tools: ToolVersions())
    guard let said = RecordSummary(record), let known = RecordSummary(own.bytes) else {
      return ["its record can't be read"]
    }
    var found: [String] = []
    func compare(_ what: String, _ said: String, _ known: String) {
      if said != known { found.append("its \(what) is \(said), and by the journal \(known)") }
    }
    compare("run_status", said.status, known.status)
    compare("run_failed", said.failed, known.failed)
    compare("run_started", said.started, known.started)
    compare("user", said.user, known.user)
    if said.seconds != known.seconds { found.append("its run_seconds is another") }
    if said.steps != known.steps { found.append("its table of steps is another") }
    return found
  }
}
