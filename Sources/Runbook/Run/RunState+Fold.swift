extension RunState {
  /// Takes one more event in. Total: an event that doesn't fit, as in a journal that somebody edited, changes
  /// what it can.
  public mutating func apply(_ event: RunEvent) {
    lastNumber = event.number
    uptime = event.uptime
    switch event.kind {
    case .runStarted(let header):
      self.header = header
      startedAt = event.at
    case .runner(let info):
      runner = info
      paused = nil
    case .stepStarted(let value): start(value.step, event)
    case .stepEnded(let value): end(value, event)
    case .evaluated(let value): conditions[value.subject] = value.holds
    case .blockStarted, .overdue, .extended, .stopping, .blockEnded, .blockSkipped, .pauseEnded:
      applyBlock(event)
    case .captured(let value): captures[value.name] = value.bytes
    case .asked(let question):
      questions[question.topic] = QuestionProgress(question: question, asked: event.uptime)
    case .answered(let value): questions[value.topic]?.answer = value.answer
    case .cancelRequested:
      cancelRequests += 1
      if rollback != nil { cancelRequestsInRollback += 1 }
    case .failed(let value): failure = value
    case .rollbackStarted(let value): rollback = RollbackProgress(steps: value.steps)
    case .stepRolledBack(let value): rolledBack(value)
    case .rollbackAbandoned: rollback?.isAbandoned = true
    case .finishing: isFinishing = true
    case .paused(let value): paused = value
    case .warned(let value): warnings.append(value.text)
    case .runEnded(let value):
      outcome = value.outcome
      endedAt = event.at
    case .noteSwap(let value): swaps.append(value)
    }
  }

  // MARK: Steps

  private mutating func start(_ step: StepID, _ event: RunEvent) {
    open.append(OpenStep(step: step))
    steps[step, default: StepProgress()].startedAt = event.at
    steps[step]?.startUptime = event.uptime
  }

  private mutating func end(_ value: RunEvent.StepEnded, _ event: RunEvent) {
    var progress = steps[value.step] ?? StepProgress()
    progress.endedAt = event.at
    progress.result = value.result
    progress.exit = value.exit
    progress.reason = value.reason
    progress.took = value.took
    steps[value.step] = progress
    if open.last?.step == value.step { open.removeLast() }
    if open.isEmpty { endedRoots += 1 } else { open[open.count - 1].endedChildren += 1 }
    if value.result == .warning {
      hasWarnings = true
      if !open.isEmpty { open[open.count - 1].hasWarning = true }
    }
  }

  private mutating func rolledBack(_ value: RunEvent.StepRolledBack) {
    steps[value.step]?.isRolledBack = value.isComplete
    rollback?.done += 1
    if !value.isComplete { rollback?.hasFailed = true }
  }

  // MARK: Blocks

  private mutating func applyBlock(_ event: RunEvent) {
    switch event.kind {
    case .blockStarted(let value): startBlock(value, event)
    case .overdue(let value) where running?.attempt == value.attempt:
      if value.isSilence { running?.isSilent = true } else { running?.isOverdue = true }
    case .extended(let value) where running?.attempt == value.attempt:
      running?.extensions += 1
      running?.extensionSeconds = value.seconds
      running?.deadlineFrom = event.uptime
      running?.isOverdue = false
      running?.isSilent = false
    case .stopping(let value) where running?.attempt == value.attempt:
      // The first reason stays: a later, harder stop is of the same stop.
      if running?.stopping == nil { running?.stopping = value.reason }
      if value.isImmediate { running?.isStoppedAtOnce = true }
    case .blockEnded(let value): endBlock(value, event)
    case .blockSkipped(let value):
      blocks[value.block, default: BlockProgress()].skipped = value.reason
    case .pauseEnded(let block): blocks[block]?.isPauseOver = true
    default: break
    }
  }

  private mutating func startBlock(_ value: RunEvent.BlockStarted, _ event: RunEvent) {
    let reference = value.attempt.block
    running = RunningAttempt(
      attempt: value.attempt, role: value.role, folder: value.folder, process: value.process,
      deadlineFrom: event.uptime)
    let attempt = BlockProgress.Attempt(
      number: value.attempt.attempt, folder: value.folder, startedAt: event.at,
      startUptime: event.uptime)
    blocks[reference, default: BlockProgress()].attempts.append(attempt)
    blocks[reference]?.isPauseOver = false
    if value.role == .run || value.role == .fallback, isFirstStart(reference.step) {
      begun.append(reference.step)
      steps[reference.step, default: StepProgress()].hasBegun = true
    }
  }

  private func isFirstStart(_ step: StepID) -> Bool { steps[step]?.hasBegun != true }

  private mutating func endBlock(_ value: RunEvent.BlockEnded, _ event: RunEvent) {
    if running?.attempt == value.attempt { running = nil }
    var progress = blocks[value.attempt.block] ?? BlockProgress()
    if progress.last?.number != value.attempt.attempt {
      // It ended before it began: there was no program, or no folder, to start it with.
      progress.attempts.append(
        BlockProgress.Attempt(
          number: value.attempt.attempt, folder: "", startedAt: event.at,
          startUptime: event.uptime))
    }
    progress.isPauseOver = false
    progress.attempts[progress.attempts.count - 1].endUptime = event.uptime
    progress.attempts[progress.attempts.count - 1].result = value.result
    if value.result.isSuccess {
      progress.successes += 1
      progress.failuresInARow = 0
    } else {
      progress.failuresInARow += 1
    }
    blocks[value.attempt.block] = progress
  }
}
