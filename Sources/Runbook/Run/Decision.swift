/// What has to happen next: a pure function of the plan and of what has happened. `exec` is this from an empty
/// journal, and crash recovery is this from a longer one.
///
/// An empty answer: the run has ended. The actions are carried out in order; if only some of them were, deciding
/// again from there gives the rest.
public func decide(_ plan: Plan, _ state: RunState) -> [Action] {
  Decision(plan: plan, state: state).actions
}

struct Decision {
  let plan: Plan
  let state: RunState

  var canAsk: Bool { state.runner?.canAsk ?? false }
  var options: RunOptions { state.header?.options ?? RunOptions() }

  var actions: [Action] {
    if state.outcome != nil { return [] }
    if let running = state.running { return whileRunning(running) }
    if state.isFinishing { return finishing() }
    if let rollback = state.rollback { return rollingBack(rollback) }
    if state.failure != nil { return windingUp() }
    if state.cancelRequests > 0 { return cancelled() }
    return forward()
  }

  // MARK: A block runs

  private func whileRunning(_ running: RunState.RunningAttempt) -> [Action] {
    guard let block = plan.block(running.attempt.block) else {
      return [.wait(Action.Wait(attempt: running.attempt))]
    }
    if let stop = stop(running, block) { return [stop] }
    if running.stopping != nil { return [.wait(Action.Wait(attempt: running.attempt))] }
    if let question = interruptQuestion, state.questions[question.topic] == nil {
      return [.ask(question)]
    }
    let deadline = (running.extensionSeconds ?? block.options.timeout.seconds).map {
      running.deadlineFrom + $0
    }
    let interrupt = interruptQuestion.flatMap { state.questions[$0.topic] }
    return [
      .wait(
        Action.Wait(
          attempt: running.attempt, deadline: deadline, idle: block.options.idle.seconds,
          question: interrupt?.question.topic,
          questionDeadline: interrupt.flatMap { open in
            open.question.seconds.map { open.asked + $0 }
          }))
    ]
  }

  private func stop(_ running: RunState.RunningAttempt, _ block: Block) -> Action? {
    if isCancelled(running), running.stopping == nil {
      return .stop(running.attempt, .cancelled, isImmediate: false)
    }
    if isStoppedAtOnce(running), !running.isStoppedAtOnce {
      return .stop(running.attempt, running.stopping ?? .cancelled, isImmediate: true)
    }
    guard running.stopping == nil, running.isOverdue || running.isSilent else { return nil }
    let policy = policy(running, block)
    if policy == .extend || policy == .background, running.extensions < 3,
      let seconds = block.options.timeout.seconds
    {
      return .extend(running.attempt, seconds: seconds)
    }
    return .stop(
      running.attempt, running.isSilent ? .silent : .timedOut, isImmediate: false)
  }

  func policy(_ running: RunState.RunningAttempt, _ block: Block) -> TimeoutPolicy {
    guard running.role == .run else { return .cancel }
    return timeoutPolicy(running.attempt.block, block)
  }

  func timeoutPolicy(_ reference: BlockRef, _ block: Block) -> TimeoutPolicy {
    if let policy = block.options.onTimeout { return policy }
    let hasFallback = plan.step(reference.step)?.blocks(.fallback).isEmpty == false
    return hasFallback ? .fallback : .cancel
  }

  // MARK: Interruptions

  /// On the way forward the first request stops the block, once the person has said so where one can be asked.
  /// Undoing and cleaning up go on; the second request ends them.
  private func isCancelled(_ running: RunState.RunningAttempt) -> Bool {
    if state.rollback != nil || state.isFinishing {
      return isRollbackInterrupted
    }
    guard state.cancelRequests > 0 else { return false }
    if state.cancelRequests > 1 || interruptQuestion == nil { return true }
    return interruptAnswer != nil
  }

  private func isStoppedAtOnce(_ running: RunState.RunningAttempt) -> Bool {
    if state.rollback != nil || state.isFinishing { return isRollbackInterrupted }
    return state.cancelRequests > 1
  }

  var isRollbackInterrupted: Bool {
    state.cancelRequests > 1 && (state.rollback == nil || state.cancelRequestsInRollback > 0)
  }

  private var interruptQuestion: Question? {
    guard canAsk, state.cancelRequests == 1, state.rollback == nil, !state.isFinishing else {
      return nil
    }
    return Question(
      topic: Question.Topic(.interrupt), text: "Interrupted. What now?",
      choices: [.rollback, .keep], seconds: options.questionSeconds)
  }

  private var interruptAnswer: Answer.Choice? {
    state.questions[Question.Topic(.interrupt)]?.answer?.choice
  }

  private func cancelled() -> [Action] {
    if state.cancelRequests == 1, let question = interruptQuestion {
      guard let asked = state.questions[question.topic] else { return [.ask(question)] }
      guard asked.answer != nil else { return [waitForAnswer(asked)] }
    }
    let keeps = state.cancelRequests > 1 || interruptAnswer == .keep
    return [
      .record(
        .failed(
          Failure(
            step: state.open.last?.step, kind: .cancelled,
            reason: keeps ? "interrupted; nothing is undone" : "interrupted",
            next: keeps ? .stop : .rollback)))
    ]
  }

  func waitForAnswer(_ asked: RunState.QuestionProgress) -> Action {
    .wait(
      Action.Wait(
        question: asked.question.topic,
        questionDeadline: asked.question.seconds.map { asked.asked + $0 }))
  }

  // MARK: The way forward

  private func forward() -> [Action] {
    guard let current = state.open.last else {
      guard state.endedRoots < plan.roots.count else { return [.record(.finishing)] }
      return enter(plan.steps[plan.roots[state.endedRoots]])
    }
    guard let step = plan.step(current.step) else {
      // Only a journal of another plan names steps that aren't here.
      return [.record(.finishing)]
    }
    return StepDecision(decision: self, step: step, open: current).actions
  }

  func enter(_ step: Step) -> [Action] {
    if let action = leaveOut(step) { return [action] }
    if options.asksBeforeSteps {
      let topic = Question.Topic(.beforeStep, step: step.id)
      guard let asked = state.questions[topic] else {
        guard canAsk else { return [.pause(step.id, reason: "asks before each step")] }
        return [
          .ask(
            Question(
              topic: topic, text: "Next: \(step.number) \(step.title)",
              choices: [.run, .skip, .stop], seconds: nil))
        ]
      }
      switch asked.answer?.choice {
      case nil: return [waitForAnswer(asked)]
      case .skip: return [.record(ended(step, .skipped, reason: "skipped when asked"))]
      case .stop:
        return [
          .record(
            .failed(
              Failure(step: nil, kind: .cancelled, reason: "stopped when asked", next: .stop)))
        ]
      default: break
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

  func ended(
    _ step: Step, _ result: StepResult, exit: Int? = nil, reason: String? = nil
  ) -> RunEvent.Kind {
    let took = state.steps[step.id]?.startUptime.map { state.uptime - $0 }
    return .stepEnded(
      RunEvent.StepEnded(step: step.id, result: result, exit: exit, reason: reason, took: took))
  }

  // MARK: After a failure

  /// Ends the open steps, innermost first, then goes back or stops.
  private func windingUp() -> [Action] {
    guard let failure = state.failure else { return [] }
    if let innermost = state.open.last, let step = plan.step(innermost.step) {
      let isCulprit = failure.step == step.id
      let result = isCulprit ? failure.kind.stepResult : .failed
      return [
        .record(
          ended(
            step, result, exit: isCulprit ? failure.exit : nil,
            reason: isCulprit ? failure.reason : nil))
      ]
    }
    guard failure.next == .rollback, options.rollsBack else { return [.record(.finishing)] }
    let steps = state.begun.reversed().filter {
      plan.step($0)?.blocks(.rollback).isEmpty == false
    }
    guard !steps.isEmpty else { return [.record(.finishing)] }
    return [.record(.rollbackStarted(RunEvent.RollbackStarted(steps: steps)))]
  }

  private func rollingBack(_ rollback: RunState.RollbackProgress) -> [Action] {
    if isRollbackInterrupted, !rollback.isAbandoned { return [.record(.rollbackAbandoned)] }
    guard !rollback.isAbandoned, rollback.done < rollback.steps.count,
      let step = plan.step(rollback.steps[rollback.done])
    else { return [.record(.finishing)] }
    return RollbackDecision(decision: self, step: step).actions
  }

  // MARK: The end

  private func finishing() -> [Action] {
    if !isRollbackInterrupted {
      for reference in plan.alwaysBlocks {
        guard let block = plan.block(reference) else { continue }
        let run = BlockRun(decision: self, reference: reference, block: block)
        switch run.progress {
        case .act(let actions): return actions
        case .passed, .failed: continue
        }
      }
    }
    return [.record(.runEnded(RunEvent.RunEnded(outcome: outcome)))]
  }

  private var outcome: Outcome {
    guard let failure = state.failure else {
      return state.hasWarnings ? .warnings : .succeeded
    }
    if let rollback = state.rollback {
      let isWhole =
        !rollback.hasFailed && !rollback.isAbandoned && rollback.done == rollback.steps.count
      return isWhole ? .rolledBack : .rollbackFailed
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
