/// What has to happen next: a pure function of the plan and of what has happened. `exec` is this from an empty
/// journal, and crash recovery is this from a longer one.
///
/// An empty answer: the run has ended. The actions are carried out in order; if only some of them were, deciding
/// again from there gives the rest. Costs about the blocks of the current step, however long the run.
public func decide(_ plan: Plan, _ state: RunState) -> [Action] {
  Decision(plan: plan, state: state).actions
}

struct Decision {
  let plan: Plan
  let state: RunState

  /// A block that has the terminal leaves none to ask in.
  var canAsk: Bool { hasTerminal && !isTerminalLent }
  var hasTerminal: Bool { state.runner?.canAsk ?? false }
  private var isTerminalLent: Bool {
    state.running.flatMap { plan.block($0.attempt.block) }?.options.isInteractive ?? false
  }
  var options: RunOptions { state.header?.options ?? RunOptions() }

  var actions: [Action] {
    if state.outcome != nil { return [] }
    if let running = state.running { return [whileRunning(running)] }
    if let topic = state.openTimeout { return [.record(.withdrawn(topic))] }
    if let undoing = state.header?.undoes, state.rollback == nil {
      return [.record(.rollbackStarted(RunEvent.RollbackStarted(steps: undoing.steps)))]
    }
    if state.isFinishing { return finishing() }
    if let rollback = state.rollback { return rollingBack(rollback) }
    if let failure = state.failure { return [windingUp(failure)] }
    if state.cancelRequests > 0 { return interrupted() }
    return mustLeave ? [.leave] : forward()
  }

  // MARK: The way forward

  /// - Parameter next: where a failure leads to, once an interruption has settled that; nil: to be found out.
  func forward(_ next: Failure.Next? = nil) -> [Action] {
    guard let current = state.open.last else {
      guard state.endedRoots < plan.roots.count else { return [.record(.finishing)] }
      return enter(plan.steps[plan.roots[state.endedRoots]])
    }
    // Only a journal of another plan names steps that aren't here.
    guard let step = plan.step(current.step) else { return [.record(.finishing)] }
    return StepDecision(decision: self, step: step, open: current, settled: next).actions
  }

  func enter(_ step: Step) -> [Action] {
    if let action = leaveOut(step) { return [action] }
    if options.asksBeforeSteps {
      let question = Question(
        topic: Question.Topic(.beforeStep, step: step.id),
        text: "Next: \(step.number) \(step.fullTitle)",
        choices: [.run, .skip, .stop],
        effects: [.skip: onwardEffect(after: step, isDone: false), .stop: Self.undoNothing],
        seconds: nil)
      switch inquire(question) {
      case .open(let action): return [action]
      case .nobody: return [.pause(step.id, reason: "asks before each step")]
      case .answered(let answer) where answer.choice == .run: break
      case .answered(let answer) where answer.choice == .skip:
        return [.record(ended(step, .skipped, reason: "skipped when asked"))]
      case .answered:
        return [failed(nil, .cancelled, reason: "stopped when asked", next: .stop)]
      }
    }
    return [.record(.stepStarted(RunEvent.StepStarted(step: step.id)))]
  }

  private func leaveOut(_ step: Step) -> Action? {
    switch step.exclusion {
    case .byHand: return .record(ended(step, .byHand, reason: "its box was set before the run"))
    case .notSelected(let reason): return .record(ended(step, .skipped, reason: reason))
    case nil: break
    }
    guard let condition = step.condition else { return nil }
    guard let holds = state.conditions[.step(step.id)] else {
      return .evaluate(condition, .step(step.id))
    }
    return holds ? nil : .record(ended(step, .skipped, reason: condition.reasonWhenFalse))
  }

  // MARK: Facts

  func ended(
    _ step: Step, _ result: StepResult, exit: Int? = nil, reason: String? = nil
  ) -> RunEvent.Kind {
    // All the time of a manual step is a person's.
    let took = step.isManual ? nil : state.work(of: step.id, at: state.uptime)
    return .stepEnded(
      RunEvent.StepEnded(step: step.id, result: result, exit: exit, reason: reason, took: took))
  }

  func failed(
    _ step: StepID?, _ kind: Failure.Kind, exit: Int? = nil, reason: String?, next: Failure.Next
  ) -> Action {
    .record(
      .failed(
        Failure(
          step: step, kind: kind, exit: exit, reason: reason,
          next: options.rollsBack ? next : .stop)))
  }
}
