/// What has to happen next to undo a step: its blocks in the order of the note. One that fails, or does not run,
/// is written down, and the rest still run.
struct RollbackDecision {
  let decision: Decision
  let step: Step

  var actions: [Action] {
    var isComplete = true
    for index in step.blocks(.rollback) {
      let reference = BlockRef(step: step.id, index: index)
      let run = BlockRun(decision: decision, reference: reference, block: step.blocks[index])
      switch run.progress {
      case .act(let actions): return actions
      case .passed: continue
      case .failed: isComplete = false
      }
    }
    return [
      .record(
        .stepRolledBack(RunEvent.StepRolledBack(step: step.id, isComplete: isComplete)))
    ]
  }
}
