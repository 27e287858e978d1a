extension Decision {
  /// Ends the open steps, innermost first, then goes back or stops.
  func windingUp(_ failure: Failure) -> Action {
    if let innermost = state.open.last, let step = plan.step(innermost.step) {
      if failure.step == step.id {
        return .record(
          ended(step, failure.kind.stepResult, exit: failure.exit, reason: failure.reason))
      }
      return .record(ended(step, failure.kind == .cancelled ? .cancelled : .failed))
    }
    guard failure.next == .rollback else { return .record(.finishing) }
    let steps = state.begun.reversed().filter {
      plan.step($0)?.blocks(.rollback).isEmpty == false
    }
    guard !steps.isEmpty else { return .record(.finishing) }
    return .record(.rollbackStarted(RunEvent.RollbackStarted(steps: steps)))
  }

  func rollingBack(_ rollback: RunState.RollbackProgress) -> [Action] {
    if isEndInterrupted, !rollback.isAbandoned { return [.record(.rollbackAbandoned)] }
    guard !rollback.isAbandoned, rollback.done < rollback.steps.count,
      let step = plan.step(rollback.steps[rollback.done])
    else { return [.record(.finishing)] }
    return RollbackDecision(decision: self, step: step).actions
  }

  // MARK: The `always` blocks

  func finishing() -> [Action] {
    // They clean up after the way forward, and did so at its end.
    let blocks = state.header?.undoes == nil ? plan.alwaysBlocks : []
    // They go in order, so all before the first without a trace are over, but for the last of those, which may
    // be tried again. Found by halving: a look at each would make many of them quadratic.
    var fresh = 0
    var end = blocks.count
    while fresh < end {
      let middle = (fresh + end) / 2
      if isFresh(blocks[middle]) { end = middle } else { fresh = middle + 1 }
    }
    for reference in blocks[max(0, fresh - 1)..<min(blocks.count, fresh + 1)] {
      if let actions = cleaningUp(reference) { return actions }
    }
    return [.record(.runEnded(RunEvent.RunEnded(outcome: outcome)))]
  }

  private func isFresh(_ block: BlockRef) -> Bool { state.blocks[block]?.isFresh ?? true }

  private func cleaningUp(_ reference: BlockRef) -> [Action]? {
    guard let step = plan.step(reference.step), let block = plan.block(reference) else {
      return nil
    }
    let run = BlockRun(decision: self, reference: reference, block: block)
    if isFresh(reference) {
      if isEndInterrupted { return [run.skip("interrupted")] }
      if let action = leaveOutWithStep(step, run) { return [action] }
    } else if isEndInterrupted {
      return nil
    }
    if case .act(let actions) = run.progress { return actions }
    return nil
  }

  /// What a step, or one around it, is left out for holds for its `always` blocks too; a run that failed early
  /// may not have found that out yet.
  private func leaveOutWithStep(_ step: Step, _ run: BlockRun) -> Action? {
    var current: Step? = step
    while let around = current {
      if let condition = around.condition {
        guard let holds = state.conditions[.step(around.id)] else {
          return .evaluate(condition, .step(around.id))
        }
        if !holds { return run.skip(condition.reasonWhenFalse) }
      }
      let asked = state.questions[Question.Topic(.beforeStep, step: around.id)]
      if asked?.answer?.choice == .skip { return run.skip("skipped when asked") }
      current = around.parent.map { plan.steps[$0] }
    }
    return nil
  }

  private var outcome: Outcome {
    if let rollback = state.rollback {
      let isWhole =
        !rollback.hasFailed && !rollback.isAbandoned && rollback.done == rollback.steps.count
      return isWhole ? .rolledBack : .rollbackFailed
    }
    guard let failure = state.failure else {
      return state.hasWarnings ? .warnings : .succeeded
    }
    return switch failure.kind {
    case .failed: .failed
    case .timedOut: .timedOut
    case .cancelled: .cancelled
    }
  }
}

extension Failure.Kind {
  var stepResult: StepResult {
    switch self {
    case .failed: .failed
    case .timedOut: .timedOut
    case .cancelled: .cancelled
    }
  }
}
