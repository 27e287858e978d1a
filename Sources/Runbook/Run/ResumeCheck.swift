/// What a note says now, against a run of it that is to go on.
public enum ResumeCheck {
  /// The blocks that have not run yet and are not as they were, each as a diff. Empty: the run may go on.
  public static func changes(
    in note: Note, _ embeds: EmbeddedNotes, since run: StoredRun
  ) -> [String] {
    var request = run.request
    request.embeds = embeds
    let now = Planner.plan(note, request).plan
    return run.plan.steps.flatMap { step -> [String] in
      guard run.state.steps[step.id]?.result == nil, step.exclusion == nil else { return [] }
      guard let other = now.step(step.id) else {
        return ["  step \(step.number) “\(step.fullTitle)” is no longer in the note"]
      }
      return changes(from: step, to: other, run.state)
    }
  }

  private static func changes(from step: Step, to other: Step, _ state: RunState) -> [String] {
    guard step.blocks.count == other.blocks.count else {
      return [
        "  step \(step.number) “\(step.fullTitle)” has \(other.blocks.count) blocks, "
          + "and had \(step.blocks.count)"
      ]
    }
    return step.blocks.indices.flatMap { index -> [String] in
      let (old, new) = (step.blocks[index], other.blocks[index])
      let reference = BlockRef(step: step.id, index: index)
      guard old.digest != new.digest, state.blocks[reference]?.last == nil else { return [] }
      return ["  step \(step.number) “\(step.fullTitle)”, block \(index + 1):"] + diff(old, new)
    }
  }

  /// Lines with `-` as they were and `+` as they are.
  private static func diff(_ old: Block, _ new: Block) -> [String] {
    let before = lines(old)
    let after = lines(new)
    let difference = after.difference(from: before)
    return difference.removals.compactMap { line($0, "-") }
      + difference.insertions.compactMap { line($0, "+") }
  }

  private static func lines(_ block: Block) -> [String] {
    let attributes = block.attributes.sorted { $0.key < $1.key }.map { "{\($0.key)=\($0.value)}" }
    let code = String(decoding: block.code, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    return attributes + code.map(String.init)
  }

  private static func line(
    _ change: CollectionDifference<String>.Change, _ mark: String
  ) -> String? {
    switch change {
    case .insert(_, let text, _), .remove(_, let text, _): "    \(mark) \(PlainText.line(text))"
    }
  }

  /// A box that was ticked or cancelled beside our `waiting` answers the step that the run waits for.
  public static func answers(in note: Note, to run: StoredRun) -> [(Question.Topic, Answer)] {
    // A runner that waited for the box and was killed has not paused.
    guard let waiting = run.state.paused?.step ?? run.state.open.last?.step,
      run.plan.step(waiting)?.isManual == true,
      let index = StepIdentity.identify(note).firstIndex(of: waiting)
    else { return [] }
    let isWaiting = note.ownMarks.groups.contains {
      $0.task == index && $0.group.result == .waiting
    }
    guard isWaiting, let answer = NoteBoxes.answer(note.text(note.tasks[index].mark)) else {
      return []
    }
    return [(Question.Topic(.manual, step: waiting), answer)]
  }
}
