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
    if record?.skipped != nil { return .passed }
    guard let last = record?.last else { return beforeFirstTry }
    guard let result = last.result else { return .failed(nil, reason: "its end is unknown") }
    return result.isSuccess ? afterSuccess(last) : afterFailure(result)
  }

  // MARK: Before it runs

  private var beforeFirstTry: Progress {
    if let condition = block.options.condition {
      guard let holds = state.conditions[.block(reference)] else {
        return .act([.evaluate(condition, .block(reference))])
      }
      if !holds { return .act([skip(condition.reasonWhenFalse)]) }
    }
    if let confirm = block.options.confirm, !isConfirmed(confirm) {
      return confirmation(confirm)
    }
    if block.options.isInteractive, !decision.canAsk {
      guard block.role == .run else { return .failed(nil, reason: "needs a terminal") }
      return .act([.pause(reference.step, reason: "the block needs a terminal")])
    }
    return start(attempt: 1)
  }

  private func skip(_ reason: String) -> Action {
    .record(.blockSkipped(RunEvent.BlockSkipped(block: reference, reason: reason)))
  }

  private func start(attempt: Int) -> Progress {
    .act([.start(AttemptRef(reference, attempt: attempt))])
  }

  // MARK: Its question

  private var topic: Question.Topic {
    Question.Topic(.confirm, step: reference.step, block: reference.index)
  }

  private func isConfirmed(_ confirm: Template) -> Bool {
    if decision.options.assumesYes, block.role != .rollback { return true }
    return state.questions[topic]?.answer?.choice == .yes
  }

  private func confirmation(_ confirm: Template) -> Progress {
    guard let asked = state.questions[topic] else {
      guard decision.canAsk else { return withoutPerson }
      // Nobody may sit and wait while a rollback is half done.
      let seconds = block.role == .run ? nil : decision.options.questionSeconds
      return .act([
        .ask(
          Question(
            topic: topic, text: confirm.source, choices: [.yes, .no], seconds: seconds))
      ])
    }
    guard asked.answer != nil else { return .act([decision.waitForAnswer(asked)]) }
    return .failed(nil, reason: "not confirmed")
  }

  private var withoutPerson: Progress {
    guard block.role == .run || block.role == .doneIf || block.role == .fallback else {
      return .failed(nil, reason: "nobody could confirm it")
    }
    return .act([.pause(reference.step, reason: "the block asks to be confirmed")])
  }

  // MARK: After a try

  private func afterSuccess(_ last: BlockProgress.Attempt) -> Progress {
    guard let every = block.options.every, let length = block.options.for, let record,
      let first = record.attempts.first
    else { return .passed }
    let next = first.startUptime + Double(record.successes) * every
    if next > first.startUptime + length { return .passed }
    return again(at: next)
  }

  private func afterFailure(_ result: BlockResult) -> Progress {
    guard let record, let last = record.last else { return .failed(result, reason: nil) }
    if result.stopped == .cancelled { return .failed(result, reason: nil) }
    // `done-if` asks a question; "no" is an answer and no failure.
    if block.role == .doneIf, result.exit != nil, result.stopped == nil {
      return .failed(result, reason: nil)
    }
    if record.failuresInARow <= block.options.retries {
      return again(at: (last.endUptime ?? state.uptime) + block.options.delay)
    }
    if retryAnswer == .retry { return start(attempt: last.number + 1) }
    return .failed(result, reason: nil)
  }

  private func again(at uptime: Double) -> Progress {
    guard let last = record?.last else { return start(attempt: 1) }
    if record?.isPauseOver == true || uptime <= state.uptime {
      return start(attempt: last.number + 1)
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

  private var retryAnswer: Answer.Choice? { state.questions[failureTopic]?.answer?.choice }
}
