/// What has to happen next inside a step that was entered: its question, `done-if`, its blocks, its children.
struct StepDecision {
  let decision: Decision
  let step: Step
  let open: RunState.OpenStep
  /// Where a failure leads to, once an interruption has settled that.
  let settled: Failure.Next?

  /// A block that failed for good.
  private struct Failing {
    let index: Int
    /// Nil where it was refused without running.
    let result: BlockResult?
    let reason: String?

    var kind: Failure.Kind {
      guard let result, result.stopped != .cancelled else { return .cancelled }
      return result.isTimeout ? .timedOut : .failed
    }
    var explanation: String? {
      if let reason { return reason }
      return result?.stopped == .logLimit ? "its log outgrew the limit" : result?.problem
    }
  }

  private enum OwnBlocks {
    case act([Action])
    /// - Parameter passed: the first that failed and was let pass.
    case over(passed: Failing?)
  }

  var actions: [Action] {
    if let confirm = step.confirm, let actions = confirmation(confirm) { return actions }
    if let actions = alreadyDone { return actions }
    let passed: Failing?
    switch ownBlocks {
    case .act(let actions): return actions
    case .over(let failing): passed = failing
    }
    if open.endedChildren < step.children.count {
      return decision.enter(decision.plan.steps[step.children[open.endedChildren]])
    }
    if step.isManual { return manual }
    guard passed != nil || open.hasWarning else {
      // A tick would say that something was done.
      if let reason = reasonNothingRan {
        return [.record(decision.ended(step, .skipped, reason: reason))]
      }
      return [.record(decision.ended(step, .succeeded))]
    }
    return [
      .record(
        decision.ended(
          step, .warning, exit: passed?.result?.exit, reason: passed?.explanation))
    ]
  }

  /// Where each block of a step without children was left out by its condition.
  private var reasonNothingRan: String? {
    let reasons = step.blocks(.run).map {
      decision.state.blocks[BlockRef(step: step.id, index: $0)]?.skipped
    }
    guard step.children.isEmpty, !reasons.contains(nil) else { return nil }
    return reasons.first ?? nil
  }

  // MARK: Questions

  private func confirmation(_ confirm: Template) -> [Action]? {
    if decision.options.assumesYes { return nil }
    let question = Question(
      topic: Question.Topic(.confirm, step: step.id), text: confirm.source, choices: [.yes, .no],
      seconds: nil)
    switch decision.inquire(question) {
    case .open(let action): return [action]
    case .nobody: return [.pause(step.id, reason: "the step asks to be confirmed")]
    case .answered(let answer) where answer.choice == .yes: return nil
    case .answered: return fail(.cancelled, reason: "not confirmed", policy: step.onError)
    }
  }

  private var manual: [Action] {
    let question = Question(
      topic: Question.Topic(.manual, step: step.id), text: "\(step.number) \(step.fullTitle)",
      choices: [.done, .no, .skip], seconds: nil)
    switch decision.inquire(question) {
    case .open(let action): return [action]
    case .nobody: return [.pause(step.id, reason: "a person does this step")]
    case .answered(let answer) where answer.choice == .done:
      return [.record(decision.ended(step, .done, reason: answer.comment))]
    case .answered(let answer) where answer.choice == .skip:
      let reason = answer.comment ?? "skipped when asked"
      return [.record(decision.ended(step, .skipped, reason: reason))]
    case .answered(let answer):
      let reason = answer.comment ?? "answered with no"
      return fail(.failed, reason: reason, policy: step.onError)
    }
  }

  // MARK: Blocks

  private func run(_ index: Int) -> BlockRun {
    BlockRun(
      decision: decision, reference: BlockRef(step: step.id, index: index),
      block: step.blocks[index])
  }

  private var alreadyDone: [Action]? {
    for index in step.blocks(.doneIf) {
      let run = run(index)
      switch run.progress {
      case .act(let actions): return actions
      case .passed where decision.state.blocks[run.reference]?.skipped != nil: continue
      case .passed: return [.record(decision.ended(step, .skipped, reason: "already done"))]
      case .failed(let result?, _) where result.isOrdinaryFailure: continue
      case .failed(let result, let reason):
        // Neither yes nor no: to guess would be to run, or to skip, what must not be.
        return fail(
          Failing(index: index, result: result, reason: reason),
          policy: step.blocks[index].options.onError)
      }
    }
    return nil
  }

  private var ownBlocks: OwnBlocks {
    var passed: Failing?
    var isFallbackSpent = false
    for index in step.blocks(.run) {
      var failing: Failing
      switch run(index).progress {
      case .act(let actions): return .act(actions)
      case .passed: continue
      case .failed(let result, let reason):
        failing = Failing(index: index, result: result, reason: reason)
      }
      var policy = step.blocks[index].options.onError
      if failing.result?.isTimeout == true, !isFallbackSpent {
        switch fallback(for: index) {
        case .act(let actions): return .act(actions)
        case .passed:
          isFallbackSpent = true
          continue
        case .failed(let instead):
          isFallbackSpent = true
          failing = instead
          policy = self.policy(of: instead.index, insteadOf: index)
        case nil: break
        }
      }
      guard policy == .continue, failing.result?.stopped != .cancelled,
        !decision.isRollbackChosen(run(failing.index).reference)
      else {
        return .act(fail(failing, policy: policy))
      }
      passed = passed ?? failing
    }
    return .over(passed: passed)
  }

  private enum Fallback {
    case act([Action])
    case passed
    case failed(Failing)
  }

  /// Nil where nothing stands in for the block, or only what its own `if` leaves out.
  private func fallback(for index: Int) -> Fallback? {
    let reference = BlockRef(step: step.id, index: index)
    var hasRun = false
    for fallback in decision.fallbacks(for: reference, step.blocks[index]) {
      let run = run(fallback)
      switch run.progress {
      case .act(let actions): return .act(actions)
      case .passed: hasRun = hasRun || decision.state.blocks[run.reference]?.skipped == nil
      case .failed(let result, let reason):
        return .failed(Failing(index: fallback, result: result, reason: reason))
      }
    }
    return hasRun ? .passed : nil
  }

  /// A fallback's own `on-error` if it has one, else that of the block it stands in for: a default for all must
  /// not soften what that block pins.
  private func policy(of fallback: Int, insteadOf index: Int) -> ErrorPolicy {
    let block = step.blocks[fallback]
    let hasOwn = block.attributes[AttributeName.onError.rawValue] != nil
    return (hasOwn ? block : step.blocks[index]).options.onError
  }

  // MARK: Failing

  private func fail(_ failing: Failing, policy: ErrorPolicy) -> [Action] {
    var policy = policy
    let reference = run(failing.index).reference
    if decision.isRollbackChosen(reference) {
      policy = .rollback
    } else if settled == nil, policy != .continue, !isUnanswered(failing) {
      switch decision.inquire(question(failing)) {
      case .open(let action): return [action]
      case .answered(let answer) where answer.choice == .rollback: policy = .rollback
      case .answered(let answer) where answer.choice == .stop: policy = .stop
      case .answered, .nobody: break
      }
    }
    return fail(
      failing.kind, exit: failing.result?.exit, reason: failing.explanation, policy: policy)
  }

  /// Nobody answered when its time was over: nobody is asked what now.
  private func isUnanswered(_ failing: Failing) -> Bool {
    failing.result?.isTimeout == true
      && decision.answerInTime(run(failing.index).reference) == Answer.Choice.none
  }

  private func question(_ failing: Failing) -> Question {
    let exit = failing.result?.exit.map { ", exit \($0)" } ?? ""
    let what = failing.explanation.map { " (\($0))" } ?? ""
    var choices: [Answer.Choice] = failing.result == nil ? [] : [.retry]
    if decision.options.rollsBack { choices.append(.rollback) }
    return Question(
      topic: run(failing.index).failureTopic,
      text: "\(step.number) \(step.fullTitle): \(failing.kind.rawValue)\(exit)\(what). What now?",
      choices: choices + [.stop], seconds: decision.options.questionSeconds)
  }

  private func fail(
    _ kind: Failure.Kind, exit: Int? = nil, reason: String?, policy: ErrorPolicy
  ) -> [Action] {
    if policy == .continue, settled == nil {
      return [.record(decision.ended(step, .warning, exit: exit, reason: reason))]
    }
    return [
      decision.failed(
        step.id, kind, exit: exit, reason: reason,
        next: settled ?? (policy == .stop ? .stop : .rollback))
    ]
  }
}
