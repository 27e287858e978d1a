/// A note's part in a plan: the note that is run, or one that a step embeds, with those that it embeds in turn.
struct PlanPart {
  let note: Note
  /// Its index in `PlanProblems`.
  let index: Int
  /// Nil for the note that is run.
  let source: NoteSource?
  let texts: [StepText]
  let selection: SectionSelection
  /// Indices in `note.tasks` of those that are steps.
  let selected: [Int]
  /// By index in `note.tasks`.
  let embeds: [Int: PlanPart]

  /// This part and all in it, an outer one before an inner.
  func walk(_ visit: (PlanPart) -> Void) {
    visit(self)
    for task in selected { embeds[task]?.walk(visit) }
  }
}
