extension Runner {
  /// Waits for the first of what may happen, and writes it down.
  func wait(_ wait: Action.Wait) throws {
    // What happened so far may be waited on for hours, and others read the journal meanwhile.
    try syncOrStop()
    show(wait)
    while true {
      if hasSlept() { return }
      if let signal = world.signals.next() {
        take(signal)
        return
      }
      if state.runner?.canAsk == true, !world.front.canAsk {
        goOnUnwatched()
        return
      }
      if try hasHappened(wait) { return }
      world.clock.wait(for: descriptors(wait), atMost: pauseLength(wait))
    }
  }

  /// A suspend is told; nothing follows from it, since the run's clock stood still. Shorter ones than a second are the
  /// clocks' own inaccuracy.
  private func hasSlept() -> Bool {
    let seconds = world.clock.asleep - slept
    guard seconds >= 1 else { return false }
    slept += seconds
    record(.suspended(RunEvent.Suspended(seconds: seconds)))
    return true
  }

  /// A hangup of the terminal ends the view, not the deploy. Where there was no terminal it is as the others are.
  private func take(_ signal: Int32) {
    if world.isDetached, SignalQueue.isHangup(signal) { return }
    if world.isDetached, SignalQueue.isTermination(signal) {
      // The machine goes down, or somebody means this process: the steps stay, and the next runner adopts them.
      record(.leaving)
      isTold = true
      return
    }
    if SignalQueue.isHangup(signal), world.hasTerminal {
      // It comes more than once: from the kernel, and from the shell.
      if !isUnwatched {
        world.front.hangUp()
        goOnUnwatched()
      }
      return
    }
    withdraw()
    record(.cancelRequested(RunEvent.CancelRequested(by: SignalQueue.name(signal))))
  }

  /// From now on policies decide.
  private func goOnUnwatched() {
    isUnwatched = true
    withdraw()
    let answers = answersFromElsewhere
    record(.runner(info(canAsk: false)))
    takeAnswers(answers)
    record(.warned(RunEvent.Warned(text: "the terminal is gone; the run goes on unwatched")))
  }

  /// Whatever the runner waits for is on the screen, also after a signal or another runner took it off.
  private func show(_ wait: Action.Wait) {
    guard let topic = wait.question, let open = state.questions[topic], world.front.canAsk else {
      return withdraw()
    }
    guard onShow != topic else { return }
    withdraw()
    onShow = topic
    world.front.present(
      open.question, secondsLeft: wait.questionDeadline.map { max(0, $0 - uptime) })
  }

  func withdraw() {
    guard onShow != nil else { return }
    onShow = nil
    world.front.withdraw()
  }

  private func hasHappened(_ wait: Action.Wait) throws -> Bool {
    if let attempt = wait.attempt, hasEnded(attempt) { return true }
    if let topic = wait.question, try hasAnswer(topic, wait.questionDeadline) { return true }
    if let topic = wait.question, topic.kind == .timeout, isHeardAgain(topic) { return true }
    if let attempt = wait.attempt, isOverdue(attempt, wait) { return true }
    if let pause = wait.pause, uptime >= pause.until {
      record(.pauseEnded(pause.block))
      return true
    }
    return false
  }

  private func isOverdue(_ attempt: AttemptRef, _ wait: Action.Wait) -> Bool {
    if let deadline = wait.deadline, uptime >= deadline {
      record(.overdue(RunEvent.Overdue(attempt: attempt, isSilence: false)))
      return true
    }
    if let idle = wait.idle, uptime - silentSince >= idle {
      record(.overdue(RunEvent.Overdue(attempt: attempt, isSilence: true)))
      return true
    }
    return false
  }

  /// What was silent prints again: there is nothing to ask any more.
  private func isHeardAgain(_ topic: Question.Topic) -> Bool {
    guard let running = state.running, running.isSilent, !running.isOverdue,
      let asked = state.questions[topic]?.asked, silentSince > asked
    else { return false }
    record(.withdrawn(topic))
    return true
  }

  var silentSince: Double {
    handle.map { growth.silentSince($0.folder, at: uptime) } ?? uptime
  }

  private func descriptors(_ wait: Action.Wait) -> [Int32] {
    var result = [world.signals.descriptor]
    if wait.attempt != nil, let handle { result.append(handle.waitDescriptor) }
    if wait.question != nil, let input = world.front.inputDescriptor { result.append(input) }
    return result
  }

  /// Until the next thing that no descriptor tells.
  private func pauseLength(_ wait: Action.Wait) -> Double {
    let now = uptime
    var moments = [wait.deadline, wait.questionDeadline, wait.pause?.until].compactMap { $0 }
    // Another terminal answers by a file; it is looked for once a second.
    if wait.question != nil { moments.append(now + 1) }
    if let idle = wait.idle { moments.append(min(silentSince + idle, now + 1)) }
    // Its follower tells of the connection by a file, and of the beginning, from which its time counts.
    if wait.attempt != nil, isElsewhere {
      moments.append(now + (state.running?.hasBegunThere == true ? 1 : 0.1))
    }
    for observer in observers {
      if let moment = observer.tick(uptime: now, state) { moments.append(moment) }
    }
    return max(0, (moments.min() ?? now + 3600) - now)
  }

  // MARK: Answers

  private func hasAnswer(_ topic: Question.Topic, _ deadline: Double?) throws -> Bool {
    guard let open = state.questions[topic] else { return false }
    let box = AnswerBox(folder)
    if let answer = world.front.answer(to: open.question) {
      _ = try? box.put(mask.mask(answer), to: topic)
      // If another was first, that one counts.
      return accept(box.answer(to: topic) ?? answer, topic)
    }
    if let answer = box.answer(to: topic) { return accept(answer, topic) }
    if topic.kind == .manual, let step = topic.step, let answer = world.boxes?.answer(to: step) {
      return accept(answer, topic)
    }
    guard let deadline else { return false }
    if isPutAgain(open, deadline) { return true }
    if uptime >= deadline { return accept(Answer(.none), topic) }
    return false
  }

  /// The time of a question stands while the person reads or writes: before it is over, and when that is done, the
  /// question is put again.
  private func isPutAgain(_ open: RunState.QuestionProgress, _ deadline: Double) -> Bool {
    let wasBusy = self.wasBusy
    self.wasBusy = world.front.isBusy
    let isNearItsEnd = deadline - uptime < (open.question.seconds ?? 0) / 2
    guard self.wasBusy ? isNearItsEnd : wasBusy else { return false }
    record(.asked(open.question))
    renewLimits()
    onShow = nil
    return true
  }

  private func accept(_ answer: Answer, _ topic: Question.Topic) -> Bool {
    withdraw()
    record(.answered(RunEvent.Answered(topic: topic, answer: answer)))
    return true
  }

  // MARK: The end of a block

  private func hasEnded(_ attempt: AttemptRef) -> Bool {
    guard let handle else {
      // Only a journal that was edited leads here; without a process there is nothing to wait for.
      endBlock(attempt, lostResult)
      return true
    }
    switch handle.status() {
    case .running:
      readBeginning(attempt)
      readLinkNews(attempt)
      readFleetNews(attempt)
      return false
    case .lost:
      if follow(attempt) { return true }
      endBlock(attempt, lostResult)
    case .ended(let status):
      readLinkNews(attempt)
      if !isSettled(attempt, status), follow(attempt) { return true }
      finish(attempt, status)
    }
    self.handle = nil
    if plan.block(attempt.block)?.options.isInteractive == true { world.front.lend(false) }
    return true
  }

  private var lostResult: BlockResult {
    let start = state.running.flatMap { state.blocks[$0.attempt.block]?.last?.startUptime }
    var result = BlockResult(took: uptime - (start ?? uptime))
    result.problem = "its supervisor was killed; how it ended is unknown"
    result.stopped = state.running?.stopping
    // Nothing may be run again, or undone, beside what is left of it.
    result.survivors = handle?.killRemainingProcesses() ?? []
    return result
  }

  private func finish(_ attempt: AttemptRef, _ status: StepStatus) {
    var result = BlockResult(status, stopping: state.running?.stopping)
    settle(&result, attempt)
    locate(&result, attempt)
    let options = plan.block(attempt.block)?.options
    if let name = options?.capture, result.isSuccess || options?.isFleet == true {
      // Before the end of the block: a value that is lost could not be asked for again.
      do {
        if options?.isFleet == true { try captureOfFleet(name) } else { try capture(name) }
      } catch let refusal as CapturedOutput.Refusal {
        result.problem = refusal.reason
      } catch {
        result.problem = "its output can't be read: \(error)"
      }
    }
    endBlock(attempt, result)
  }

  private func capture(_ name: String) throws {
    guard let handle else { return }
    let bytes = try WholeFile.read(handle.folder.output, limit: CapturedOutput.limit * 4)
    try keep(try CapturedOutput.value(of: bytes).get(), as: name)
  }

  func keep(_ value: String, as name: String) throws {
    do {
      try store.set(name, value)
    } catch {
      // The value is as much a part of what is known of the run as its events are.
      failJournal(error)
    }
    record(.captured(RunEvent.Captured(name: name, bytes: value.utf8.count)))
  }

  private func endBlock(_ attempt: AttemptRef, _ result: BlockResult) {
    record(.blockEnded(RunEvent.BlockEnded(attempt: attempt, result: result)))
  }
}
