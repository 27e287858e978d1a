/// The properties of a run, in the note that was run and in its record. Underscores, since Obsidian's Bases can't
/// name a hyphen.
struct RunProperties {
  let plan: Plan
  let state: RunState

  var properties: [NoteMarks.Property] {
    let sum = RunSum(plan: plan, state: state)
    var result = [NoteMarks.Property("run_status", .text(sum.status))]
    if let started = state.startedAt {
      result.append(NoteMarks.Property("run_started", .literal(started.property)))
    }
    result.append(NoteMarks.Property("run_seconds", .literal(RunSum.tenths(sum.seconds))))
    result.append(NoteMarks.Property("run_steps", .literal(String(sum.done))))
    if let failed = sum.failedStep {
      result.append(NoteMarks.Property("run_failed", .text(MarkText.log(failed.fullTitle))))
    }
    if let id = state.header?.id { result.append(NoteMarks.Property("run_id", .text(id.text))) }
    return result
  }
}
