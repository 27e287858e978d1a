extension Decision {
  func whileRunning(_ running: RunState.RunningAttempt) -> Action {
    var wait = Action.Wait(attempt: running.attempt)
    guard let block = plan.block(running.attempt.block) else { return .wait(wait) }
    if let action = stop(running) { return action }
    if running.stopping != nil { return .wait(wait) }
    switch interruption {
    case .open(.wait(let open)):
      wait.question = open.question
      wait.questionDeadline = open.questionDeadline
    case .open(let action): return action
    case .none, .settled:
      if let action = overTime(running, block) { return action }
      if mustLeave { return .leave }
    }
    // What is over is written down once; it is settled after the question that stands.
    if running.isUnlimited { return .wait(wait) }
    if !running.isOverdue { wait.deadline = running.deadline(of: block) }
    if !running.isSilent, !running.isOnItsWay(block) { wait.idle = block.options.idle.seconds }
    return .wait(wait)
  }

  /// Where nobody sits at a terminal there is none to be left.
  var mustLeave: Bool { state.isLeaving && state.cancelRequests == 0 && hasTerminal }

  private func stop(_ running: RunState.RunningAttempt) -> Action? {
    if case .settled(_, let isImmediate) = interruption,
      isImmediate ? !running.isStoppedAtOnce : running.stopping == nil
    {
      return .stop(running.attempt, running.stopping ?? .cancelled, isImmediate: isImmediate)
    }
    guard let reason = running.stopping, !running.isStopPassedOn else { return nil }
    // The runner that wrote the stop down may have died before it passed it on.
    return .stop(running.attempt, reason, isImmediate: running.isStoppedAtOnce)
  }

  // MARK: Over its time

  /// Nil: it is not.
  private func overTime(_ running: RunState.RunningAttempt, _ block: Block) -> Action? {
    guard running.isOverdue || running.isSilent else { return nil }
    guard running.role == .run else { return end(running) }
    let question = question(running, block)
    // What the note names for this moment is done at once: a person is asked only where nothing is named.
    if block.options.onTimeout != nil, state.questions[question.topic]?.answer == nil {
      return byPolicy(running, block)
    }
    switch inquire(question) {
    case .open(.wait(var wait)):
      wait.attempt = running.attempt
      return .wait(wait)
    case .open(let action): return action
    case .nobody: return byPolicy(running, block)
    case .answered(let answer):
      switch answer.choice {
      case .background where canAsk && !state.isLeaving: return .record(.leaving)
      case .background: return .extend(running.attempt, seconds: nil, isSilence: false)
      case .wait: return more(running, block) ?? end(running)
      case .none: return byPolicy(running, block)
      default: return end(running)
      }
    }
  }

  private func byPolicy(_ running: RunState.RunningAttempt, _ block: Block) -> Action {
    let policy = block.options.onTimeout
    guard policy == .extend || policy == .background, running.extensions < 3 else {
      return end(running)
    }
    if policy == .background, canAsk, !state.isLeaving { return .record(.leaving) }
    return more(running, block) ?? end(running)
  }

  private func more(_ running: RunState.RunningAttempt, _ block: Block) -> Action? {
    let isSilence = !running.isOverdue
    let limit = isSilence ? block.options.idle : block.options.timeout
    return limit.seconds.map { .extend(running.attempt, seconds: $0, isSilence: isSilence) }
  }

  private func end(_ running: RunState.RunningAttempt) -> Action {
    .stop(running.attempt, running.isSilent ? .silent : .timedOut, isImmediate: false)
  }

  private func question(_ running: RunState.RunningAttempt, _ block: Block) -> Question {
    let reference = running.attempt.block
    let step = plan.step(reference.step)
    let what =
      running.isOverdue
      ? "over its time of \(TimeLimit.text(running.extensionSeconds ?? block.options.timeout.seconds ?? 0))"
      : "no output for \(TimeLimit.text(block.options.idle.seconds ?? 0))"
    let fallbacks = step?.blocks(.fallback) ?? []
    // One that an earlier block of the step had need of is spent.
    let isFree = fallbacks.allSatisfy {
      state.blocks[BlockRef(step: reference.step, index: $0)]?.isFresh ?? true
    }
    let instead = isFree ? fallbacks.first.flatMap { step?.blocks[$0] } : nil
    return Question(
      topic: timeTopic(reference, attempt: running.attempt.attempt, round: running.rounds),
      text: "\(step?.number ?? "") \(step?.fullTitle ?? ""): \(what). What now?",
      choices: [.wait] + (instead == nil ? [] : [.fallback]) + [.background]
        + (options.rollsBack ? [.cancel] : []) + [.stop],
      effects: effects(running, block, instead: instead), seconds: options.questionSeconds,
      otherwise: unansweredEffect(block, instead: instead))
  }

  private func effects(
    _ running: RunState.RunningAttempt, _ block: Block, instead: Block?
  ) -> [Answer.Choice: String] {
    let limit = running.isOverdue ? block.options.timeout : block.options.idle
    let more = TimeLimit.text(limit.seconds ?? 0)
    var effects: [Answer.Choice: String] = [
      .wait: running.isOverdue ? "\(more) more" : "\(more) of silence more",
      .background: "in the background, with no limit",
      .cancel: rollbackEffect(isRunning: true), .stop: "end it, undo nothing",
    ]
    if let instead { effects[.fallback] = "run “\(instead.tellingLine)” instead" }
    return effects
  }

  /// Where nobody answers nobody is asked again when it has ended.
  private func unansweredEffect(_ block: Block, instead: Block?) -> String {
    if instead != nil { return "fallback" }
    if block.options.retries > 0 { return "end it, try again" }
    return switch block.options.onError {
    case .rollback where options.rollsBack: "cancel and roll back"
    case .continue: "end it, go on"
    default: "end it, undo nothing"
    }
  }

  private func timeTopic(_ block: BlockRef, attempt: Int, round: Int) -> Question.Topic {
    Question.Topic(
      .timeout, step: block.step, block: block.index, attempt: attempt, round: round)
  }

  // MARK: What was said then

  /// The answer to the question that the block's last try ended with; nil: there was none.
  func answerInTime(_ block: BlockRef) -> Answer.Choice? {
    guard let last = state.blocks[block]?.last else { return nil }
    return state.questions[timeTopic(block, attempt: last.number, round: last.rounds)]?.answer?
      .choice
  }

  /// What somebody has said already that this failure is to lead to.
  func chosenEnd(_ block: BlockRef) -> ErrorPolicy? {
    if state.blocks[block]?.last?.ambiguity == .rollback { return .rollback }
    switch answerInTime(block) {
    case .cancel: return .rollback
    case .stop: return .stop
    default: return nil
    }
  }

  /// The blocks that stand in for this one when it times out; after the last extension too.
  func fallbacks(for reference: BlockRef, _ block: Block) -> [Int] {
    guard block.role == .run else { return [] }
    switch answerInTime(reference) {
    case .fallback: break
    case .cancel, .stop: return []
    default: if block.options.onTimeout == .cancel { return [] }
    }
    return plan.step(reference.step)?.blocks(.fallback) ?? []
  }
}
