/// Carries one block through its condition, its question, its tries and its pauses.
struct BlockRun {
  enum Progress {
    /// Something has to happen first.
    case act([Action])
    case passed
    /// For good; nil where it was refused without running.
    case failed(BlockResult?, reason: String?)
  }

  let decision: Decision
  let reference: BlockRef
  let block: Block

  private var state: RunState { decision.state }
  private var record: BlockProgress? { state.blocks[reference] }

  var progress: Progress {
    if let record, let reason = record.skipped {
      return record.isRefused ? .failed(nil, reason: reason) : .passed
    }
    guard let record, let last = record.last, !record.isReopened else { return beforeFirstTry }
    guard let result = last.result else { return .failed(nil, reason: "its end is unknown") }
    if result.isVoid { return start(attempt: last.number + 1) }
    return result.isSuccess ? afterSuccess(last) : afterFailure(last, result)
  }

  // MARK: Before it runs

  private var beforeFirstTry: Progress {
    if let condition = block.options.condition {
      guard let holds = state.conditions[.block(reference)] else {
        return .act([.evaluate(condition, .block(reference))])
      }
      if !holds { return .act([skip(condition.reasonWhenFalse)]) }
    }
    if hasNothingToUndo {
      return .act([skip("it began on no host of \(block.options.hosts ?? "")")])
    }
    if block.role == .rollback, let process = state.survivors.first(where: concerns) {
      // What still writes and what undoes it must not run side by side.
      return refuse(
        process.isSure ? "\(process.text) could not be stopped" : "\(process.text) may still run")
    }
    if let confirm = block.options.confirm, let progress = confirmation(confirm) {
      return progress
    }
    return start(attempt: (record?.last?.number ?? 0) + 1)
  }

  /// A group's hosts are undone only where the step began.
  private var hasNothingToUndo: Bool {
    guard block.options.isFleet else { return false }
    let targets = FleetTargets(
      plan: decision.plan, state: state, reference: reference, block: block)
    return targets.begun?.isEmpty == true
  }

  /// What is left on one host is beside nothing on another.
  private func concerns(_ process: NamedProcess) -> Bool {
    process.host == nil || process.host == block.options.host
  }

  func skip(_ reason: String) -> Action {
    .record(
      .blockSkipped(RunEvent.BlockSkipped(block: reference, reason: reason, isRefusal: false)))
  }

  /// It should run and does not. On the way forward its step's end says so; else a warning does.
  private func refuse(_ reason: String) -> Progress {
    let refusal = Action.record(
      .blockSkipped(RunEvent.BlockSkipped(block: reference, reason: reason, isRefusal: true)))
    guard !block.role.isForward else { return .act([refusal]) }
    let title = decision.plan.step(reference.step)?.fullTitle ?? reference.step.text
    let text = "the \(block.role.rawValue) block of “\(title)” did not run: \(reason)"
    return .act([.record(.warned(RunEvent.Warned(text: text))), refusal])
  }

  func start(attempt: Int) -> Progress {
    if block.options.isInteractive, !decision.canAsk {
      guard block.role.isForward else { return refuse("it needs a terminal") }
      return .act([.pause(reference.step, reason: "the block needs a terminal")])
    }
    return .act([.start(AttemptRef(reference, attempt: attempt))])
  }

  /// Nil once it may run.
  private func confirmation(_ confirm: Template) -> Progress? {
    if decision.options.assumesYes, block.role != .rollback { return nil }
    let question = Question(
      topic: Question.Topic(.confirm, step: reference.step, block: reference.index),
      text: confirm.source, choices: [.yes, .no],
      effects: [.no: block.role.isForward ? refusalEffect : Self.leftAsItIs],
      // Nobody may sit and wait while a rollback is half done.
      seconds: block.role.isForward ? nil : decision.options.questionSeconds,
      otherwise: block.role.isForward ? nil : Self.leftAsItIs)
    switch decision.inquire(question) {
    case .open(let action): return .act([action])
    case .answered(let answer):
      switch answer.choice {
      case .yes: return nil
      case .none: return refuse("nobody confirmed it")
      default: return refuse("not confirmed")
      }
    case .nobody:
      guard block.role.isForward else { return refuse("nobody could confirm it") }
      return .act([.pause(reference.step, reason: "the block asks to be confirmed")])
    }
  }

  private static let leftAsItIs = "do not run it, leave that as it is"

  private var refusalEffect: String {
    block.options.onError == .continue ? "go on without it" : "do not run it"
  }

  // MARK: After a try

  private func afterSuccess(_ last: BlockProgress.Attempt) -> Progress {
    guard let every = block.options.every, every > 0, let length = block.options.for,
      let record, let first = record.attempts.dropFirst(record.firstTry).first
    else { return .passed }
    let end = last.endUptime ?? state.uptime
    // At fixed times after the first start, without catching up on those that a slow try ran over. A try starts
    // at its time or after; the margin is for the journal's rounding.
    let slot = ((last.startUptime - first.startUptime) / every + 0.001).rounded(.down) + 1
    let due = max(first.startUptime + slot * every, end)
    return due > first.startUptime + length ? .passed : again(at: due)
  }

  private func afterFailure(_ last: BlockProgress.Attempt, _ result: BlockResult) -> Progress {
    if result.stopped == .cancelled { return .failed(result, reason: nil) }
    if block.role.isForward, result.isAmbiguous { return afterUnknownEnd(last, result) }
    // `done-if` asks a question; "no" is an answer and no failure.
    if block.role == .doneIf, result.isOrdinaryFailure { return .failed(result, reason: nil) }
    if let record, record.failuresInARow <= block.options.retries, mayTryAgain(result) {
      let pause = block.options.pause(after: record.failuresInARow)
      return again(at: (last.endUptime ?? state.uptime) + pause)
    }
    if state.questions[failureTopic]?.answer?.choice == .retry {
      return start(attempt: last.number + 1)
    }
    return .failed(result, reason: nil)
  }

  /// Never in silence where something of the last try may still run, or nobody knows what it did. A fallback
  /// goes before another try of what timed out.
  private func mayTryAgain(_ result: BlockResult) -> Bool {
    if result.isEndUnknown || !result.survivors.isEmpty || result.stopped == .logLimit {
      return false
    }
    guard result.isTimeout else { return true }
    return decision.chosenEnd(reference) == nil
      && decision.fallbacks(for: reference, block).isEmpty
  }

  private func again(at uptime: Double) -> Progress {
    if record?.isPauseOver == true || uptime <= state.uptime {
      return start(attempt: (record?.last?.number ?? 0) + 1)
    }
    return .act([
      .wait(Action.Wait(pause: Action.Wait.Pause(block: reference, until: uptime)))
    ])
  }

  /// The topic of the question that follows this try's failure.
  var failureTopic: Question.Topic {
    Question.Topic(
      .failure, step: reference.step, block: reference.index, attempt: record?.last?.number)
  }
}
