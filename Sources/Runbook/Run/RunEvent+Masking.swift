/// Each kind says here what of it is text that may hold a secret; a new one must too.
extension RunEvent.Kind: Maskable {
  public func masked(by mask: SecretMask) -> RunEvent.Kind {
    switch self {
    case .runStarted(let value): .runStarted(value.masked(by: mask))
    case .stepEnded(let value): .stepEnded(value.masked(by: mask))
    case .link(let value): .link(value.masked(by: mask))
    case .hostEnded(let value): .hostEnded(value.masked(by: mask))
    case .blockEnded(let value):
      .blockEnded(
        RunEvent.BlockEnded(attempt: value.attempt, result: value.result.masked(by: mask)))
    case .blockSkipped(let value):
      .blockSkipped(
        RunEvent.BlockSkipped(
          block: value.block, reason: mask.mask(value.reason), isRefusal: value.isRefusal))
    case .asked(let question): .asked(question.masked(by: mask))
    case .answered(let value):
      .answered(RunEvent.Answered(topic: value.topic, answer: value.answer.masked(by: mask)))
    case .ambiguitySettled(let value):
      .ambiguitySettled(
        RunEvent.AmbiguitySettled(
          attempt: value.attempt, choice: value.choice, text: mask.mask(value.text)))
    case .cancelRequested(let value):
      .cancelRequested(RunEvent.CancelRequested(by: mask.mask(value.by)))
    case .failed(let failure): .failed(failure.masked(by: mask))
    case .paused(let value):
      .paused(RunEvent.Paused(step: value.step, reason: mask.mask(value.reason)))
    case .warned(let value):
      .warned(RunEvent.Warned(text: mask.mask(value.text), endsJournal: value.endsJournal))
    case .runner, .stepStarted, .evaluated, .blockStarted, .blockBegan, .blockFollowed,
      .hostStarted,
      .overdue, .extended, .stopping, .captured, .pauseEnded, .withdrawn, .leaving,
      .rollbackStarted,
      .stepRolledBack, .rollbackAbandoned, .finishing, .suspended, .runEnded, .noteSwap, .recorded,
      .reopened:
      self
    }
  }
}

extension RunEvent.StepEnded {
  fileprivate func masked(by mask: SecretMask) -> RunEvent.StepEnded {
    RunEvent.StepEnded(
      step: step, result: result, exit: exit, reason: reason.map { mask.mask($0) }, took: took)
  }
}

extension RunEvent.Link {
  fileprivate func masked(by mask: SecretMask) -> RunEvent.Link {
    RunEvent.Link(attempt: attempt, host: host, isUp: isUp, reason: mask.mask(reason))
  }
}

extension RunEvent.HostEnded {
  fileprivate func masked(by mask: SecretMask) -> RunEvent.HostEnded {
    RunEvent.HostEnded(
      attempt: attempt, host: host, result: result.masked(by: mask), logStart: logStart,
      logEnd: logEnd)
  }
}

extension BlockResult: Maskable {
  public func masked(by mask: SecretMask) -> BlockResult {
    var masked = self
    masked.problem = problem.map { mask.mask($0) }
    masked.left = left.masked(by: mask)
    masked.survivors = survivors.masked(by: mask)
    return masked
  }
}

extension NamedProcess: Maskable {
  public func masked(by mask: SecretMask) -> NamedProcess {
    NamedProcess(pid: pid, name: mask.mask(name), host: host)
  }
}

extension Failure: Maskable {
  public func masked(by mask: SecretMask) -> Failure {
    Failure(step: step, kind: kind, exit: exit, reason: reason.map { mask.mask($0) }, next: next)
  }
}

extension Question: Maskable {
  public func masked(by mask: SecretMask) -> Question {
    let effects = choices.compactMap { choice in
      effect(of: choice).map { (choice, mask.mask($0)) }
    }
    return Question(
      topic: topic, text: mask.mask(text), choices: choices,
      effects: Dictionary(effects, uniquingKeysWith: { first, _ in first }), seconds: seconds,
      otherwise: otherwise.map { mask.mask($0) })
  }
}

extension Answer: Maskable {
  public func masked(by mask: SecretMask) -> Answer {
    Answer(choice, comment: comment.map { mask.mask($0) }, by: by)
  }
}

extension RunHeader: Maskable {
  /// A parameter whose value holds a secret is as secret: the run's `values` have it.
  public func masked(by mask: SecretMask) -> RunHeader {
    let withheld = withheld(by: mask)
    return with(
      title: mask.mask(title),
      parameters: parameters.map { withheld[$0.name] == nil ? $0 : $0.withheld })
  }

  /// Values of parameters that are no secrets, and that no journal may hold.
  func withheld(by mask: SecretMask) -> [String: String] {
    let pairs = parameters.compactMap { parameter in parameter.value.map { (parameter.name, $0) } }
    return Dictionary(pairs, uniquingKeysWith: { $1 }).filter { mask.mask($0.value) != $0.value }
  }
}
