/// What a note says now, against a run of it that is to go on.
public enum ResumeCheck {
  /// The blocks that have not run yet and are not as they were. Empty: the run may go on.
  ///
  /// - Parameter state: as the run stands when it goes on.
  public static func changes(
    in note: Note, _ embeds: EmbeddedNotes, since run: StoredRun, at state: RunState
  ) -> [ExecutableChange] {
    var request = run.request
    request.embeds = embeds
    let now = Planner.plan(note, request).plan
    return run.plan.steps.flatMap { step -> [ExecutableChange] in
      guard state.steps[step.id]?.result == nil, step.exclusion == nil else { return [] }
      return changes(from: step, to: now.step(step.id), state)
    }
  }

  private static func changes(
    from step: Step, to other: Step?, _ state: RunState
  ) -> [ExecutableChange] {
    let name = "\(step.number) \(step.fullTitle)"
    guard let other, step.blocks.count == other.blocks.count else {
      let lines = LineDiff.lines(
        step.blocks.flatMap(ExecutableParts.lines),
        (other?.blocks ?? []).flatMap(ExecutableParts.lines))
      return [ExecutableChange(kind: other == nil ? .removed : .changed, title: name, lines: lines)]
    }
    return step.blocks.indices.compactMap { index in
      let (old, new) = (step.blocks[index], other.blocks[index])
      let reference = BlockRef(step: step.id, index: index)
      guard old.digest != new.digest, state.blocks[reference]?.isFresh ?? true else { return nil }
      return ExecutableChange(
        kind: .changed, title: step.blocks.count > 1 ? "\(name), block \(index + 1)" : name,
        lines: LineDiff.lines(ExecutableParts.lines(old), ExecutableParts.lines(new)))
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
