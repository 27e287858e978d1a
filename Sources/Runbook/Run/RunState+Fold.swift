extension RunState {
  /// Takes one more event in. Total: an event that doesn't fit, as in a journal that somebody edited, changes
  /// what it can.
  public mutating func apply(_ event: RunEvent) {
    lastNumber = event.number
    // Writing the run down is no part of it: its times would change with every write.
    switch event.kind {
    case .noteSwap(let intent): return swaps.append(intent)
    case .recorded: return isRecorded = true
    default: break
    }
    defer {
      uptime = event.uptime
      lastAt = event.at
      keepWaits(event)
    }
    switch event.kind {
    case .runStarted(let header):
      if let undoing = header.undoes { turnBack(undoing) }
      self.header = header
      startedAt = event.at
    case .runner(let info): takeOver(info, event)
    case .stepStarted(let value): start(value.step, event)
    case .stepEnded(let value): end(value, event)
    case .evaluated(let value): conditions[value.subject] = value.holds
    case .blockFollowed(let value) where running?.attempt == value.attempt:
      followBlock(value)
    case .blockFollowed: break
    case .link(let value): changeLink(value, event)
    case .hostStarted, .hostEnded: applyHost(event)
    case .blockStarted, .blockBegan, .overdue, .extended, .stopping, .blockEnded, .blockSkipped,
      .pauseEnded, .ambiguitySettled:
      applyBlock(event)
    case .captured(let value): captures[value.name] = value.bytes
    case .asked, .answered, .withdrawn: applyQuestion(event)
    case .leaving: leave()
    case .cancelRequested:
      cancelRequests += 1
      if rollback != nil || isFinishing { cancelRequestsAtEnd += 1 }
    case .failed(let value):
      failure = value
      standing = []
    case .rollbackStarted(let value):
      rollback = RollbackProgress(steps: value.steps, since: event.uptime)
    case .stepRolledBack(let value): rolledBack(value, event)
    case .rollbackAbandoned: abandonRollback()
    case .finishing: isFinishing = true
    case .paused(let value): paused = value
    case .suspended(let value):
      suspensions.append(Interruption(from: event.at.earlier(by: value.seconds), to: event.at))
    case .warned(let value):
      warnings.append(value.text)
      if value.endsJournal == true { isUnrecorded = true }
    case .runEnded(let value):
      outcome = value.outcome
      endedAt = event.at
    case .reopened(let value): reopen(value, event)
    case .noteSwap, .recorded: break
    }
  }

  /// From where another run ended: what it did stands, and how it came there is over.
  private mutating func turnBack(_ undoing: Undoing) {
    var next = RunState()
    next.lastNumber = lastNumber
    next.steps = steps
    for step in undoing.steps { next.steps[step]?.isRolledBack = nil }
    next.begun = begun
    next.captures = captures
    next.failure = failure
    next.earlier = earlier
    for (block, progress) in blocks {
      next.earlier[block, default: BlockProgress()].attempts += progress.attempts
    }
    self = next
  }

  private mutating func takeOver(_ info: RunnerInfo, _ event: RunEvent) {
    let isSame = runner.map { $0.pid == info.pid && $0.bootID == info.bootID } ?? true
    if !isSame, paused == nil, !isLeaving, let lastAt {
      interruptions.append(Interruption(from: lastAt, to: event.at))
    }
    runner = info
    runnerUptime = event.uptime
    running?.isStopPassedOn = false
    paused = nil
    isLeaving = false
    openTimeout = nil
    // Nobody has an open question on screen any more: it is asked again, or its policy decides.
    questions = questions.filter { $0.value.answer != nil }
    standing = []
  }

  /// The interruption that led to it is settled; the next one asks again.
  private mutating func leave() {
    isLeaving = true
    departures += 1
    cancelRequests = 0
  }

  private mutating func applyQuestion(_ event: RunEvent) {
    switch event.kind {
    case .asked(let question):
      questions[question.topic] = QuestionProgress(question: question, asked: event.uptime)
      if !standing.contains(question.topic) { standing.append(question.topic) }
      if question.topic.kind == .timeout { openTimeout = question.topic }
    case .answered(let value):
      questions[value.topic]?.answer = value.answer
      standing.removeAll { $0 == value.topic }
      if value.topic.kind == .failure { waive(value) }
      if openTimeout == value.topic { openTimeout = nil }
    case .withdrawn(let topic):
      questions[topic] = nil
      standing.removeAll { $0 == topic }
      if openTimeout == topic { openTimeout = nil }
      // Of one that still runs: it prints again, so that its silence is over.
      running?.isSilent = false
      nextRound()
    default: break
    }
  }

  /// A person lets the run go on after a failure. What was done by hand may have to be undone as well; what was left
  /// out makes no success.
  private mutating func waive(_ value: RunEvent.Answered) {
    switch value.answer.choice {
    case .done: if let step = value.topic.step { begin(step) }
    case .skip: hasWarnings = true
    default: break
    }
  }

  // MARK: Steps

  private mutating func start(_ step: StepID, _ event: RunEvent) {
    open.append(OpenStep(step: step))
    steps[step, default: StepProgress()].startedAt = event.at
    steps[step]?.startUptime = event.uptime
  }

  private mutating func end(_ value: RunEvent.StepEnded, _ event: RunEvent) {
    steps[value.step, default: StepProgress()].end(value, at: event.at)
    if open.last?.step == value.step { open.removeLast() }
    if open.isEmpty { endedRoots += 1 } else { open[open.count - 1].endedChildren += 1 }
    if value.result == .warning {
      hasWarnings = true
      if !open.isEmpty { open[open.count - 1].hasWarning = true }
    }
  }

  private mutating func rolledBack(_ value: RunEvent.StepRolledBack, _ event: RunEvent) {
    steps[value.step]?.isRolledBack = value.isComplete
    rollback?.done += 1
    rollback?.since = event.uptime
    if !value.isComplete { rollback?.hasFailed = true }
  }

  /// What is left is known not to be undone.
  private mutating func abandonRollback() {
    rollback?.isAbandoned = true
    guard let rollback else { return }
    for step in rollback.steps.dropFirst(rollback.done) { steps[step]?.isRolledBack = false }
  }

  // MARK: Blocks

  private mutating func applyBlock(_ event: RunEvent) {
    switch event.kind {
    case .blockStarted(let value): startBlock(value, event)
    case .blockBegan(let value) where running?.attempt == value.attempt:
      running?.hasBegunThere = true
      running?.deadlineFrom = event.uptime
      running?.silentFrom = event.uptime
    case .overdue(let value) where running?.attempt == value.attempt:
      if value.isSilence { running?.isSilent = true } else { running?.isOverdue = true }
    case .extended(let value) where running?.attempt == value.attempt: extend(value, event)
    case .stopping(let value) where running?.attempt == value.attempt:
      // The first reason stays: a later, harder stop is of the same stop.
      if running?.stopping == nil { running?.stopping = value.reason }
      running?.isStopPassedOn = true
      if value.isImmediate { running?.isStoppedAtOnce = true }
    case .blockEnded(let value): endBlock(value, event)
    case .blockSkipped(let value):
      blocks[value.block, default: BlockProgress()].skip(value)
    case .pauseEnded(let block): blocks[block]?.isPauseOver = true
    case .ambiguitySettled(let value):
      warnings.append(value.text)
      guard let last = blocks[value.attempt.block]?.attempts.indices.last else { return }
      blocks[value.attempt.block]?.attempts[last].ambiguity = value.choice
    default: break
    }
  }

  private mutating func extend(_ value: RunEvent.Extended, _ event: RunEvent) {
    running?.extensions += 1
    if value.seconds == nil {
      running?.isUnlimited = true
      running?.isOverdue = false
    } else if !value.isSilence {
      running?.extensionSeconds = value.seconds
      running?.deadlineFrom = event.uptime
      running?.isOverdue = false
    }
    running?.silentFrom = event.uptime
    running?.isSilent = false
    nextRound()
  }

  private mutating func nextRound() {
    running?.rounds += 1
    guard let running, let last = blocks[running.attempt.block]?.attempts.indices.last else {
      return
    }
    blocks[running.attempt.block]?.attempts[last].rounds = running.rounds
  }

  private mutating func startBlock(_ value: RunEvent.BlockStarted, _ event: RunEvent) {
    let reference = value.attempt.block
    running = RunningAttempt(
      attempt: value.attempt, role: value.role, folder: value.folder, process: value.process,
      origin: value.folder, deadlineFrom: event.uptime, silentFrom: event.uptime)
    var attempt = BlockProgress.Attempt(
      number: value.attempt.attempt, folder: value.folder, startedAt: event.at,
      startUptime: event.uptime)
    attempt.hosts = (value.hosts ?? []).map { HostProgress(host: $0) }
    blocks[reference, default: BlockProgress()].attempts.append(attempt)
    blocks[reference]?.isPauseOver = false
    blocks[reference]?.isReopened = false
  }

  private mutating func followBlock(_ value: RunEvent.BlockFollowed) {
    guard var running else { return }
    running.folder = value.folder
    running.process = value.process
    running.followers += 1
    running.linkNews = 0
    // What was to be stopped is what it begins with.
    running.isStopPassedOn = running.stopping != nil
    self.running = running
    guard let last = blocks[value.attempt.block]?.attempts.indices.last else { return }
    blocks[value.attempt.block]?.attempts[last].folder = value.folder
  }

  private mutating func changeLink(_ value: RunEvent.Link, _ event: RunEvent) {
    if running?.attempt == value.attempt { running?.linkNews += 1 }
    if !value.isUp { return gaps.append(Gap(host: value.host, from: event.at)) }
    if let last = gaps.indices.last, gaps[last].to == nil { gaps[last].to = event.at }
  }

  private mutating func endBlock(_ value: RunEvent.BlockEnded, _ event: RunEvent) {
    let reference = value.attempt.block
    if let ended = running, ended.attempt == value.attempt {
      running = nil
      // At its end, not its start: only now it is known whether it ran at all, and nothing is undone before.
      if value.result.hasRun, ended.role == .run || ended.role == .fallback {
        begin(reference.step)
      }
    }
    // In place: a copy of the tries at each of them would be quadratic where a block is run for days.
    blocks[reference, default: BlockProgress()].end(value, event)
    if rollback == nil { survivors += value.result.survivors }
  }

  /// The step has something to undo, and so have those around it, which are undone after it.
  private mutating func begin(_ step: StepID) {
    var fresh: [StepID] = []
    for around in open.reversed() where fresh.last != nil || around.step == step {
      if steps[around.step]?.hasBegun == true { break }
      fresh.append(around.step)
    }
    for step in fresh.reversed() {
      begun.append(step)
      steps[step, default: StepProgress()].hasBegun = true
    }
  }
}
