/// What has to happen next to undo a step. A block that fails is written down, and the rest still run.
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
      case .failed(nil, let reason):
        isComplete = false
        // Recorded once, so that the record says which block did not run, and why.
        let text = "the rollback of “\(step.title)” did not run: \(reason ?? "refused")"
        if !decision.state.warnings.contains(text) {
          return [.record(.warned(RunEvent.Warned(text: text)))]
        }
      case .failed: isComplete = false
      }
    }
    return [
      .record(
        .stepRolledBack(RunEvent.StepRolledBack(step: step.id, isComplete: isComplete)))
    ]
  }
}
