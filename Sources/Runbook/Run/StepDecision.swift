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
    /// `exit 7`
    var words: String {
      explanation ?? result?.exit.map { "exit \($0)" } ?? kind.rawValue
    }
    var explanation: String? {
      if let reason { return reason }
      return result?.stopped == .logLimit ? "its log outgrew the limit" : result?.problem
    }
  }

  private enum OwnBlocks {
    case act([Action])
    /// - Parameters:
    ///   - passed: the first that failed and was let pass.
    ///   - vouched: what a person said who had one counted as done.
    case over(passed: Failing?, vouched: String?)
  }

  var actions: [Action] {
    if let confirm = step.confirm, let actions = confirmation(confirm) { return actions }
    if let actions = alreadyDone { return actions }
    let (passed, vouched): (Failing?, String?)
    switch ownBlocks {
    case .act(let actions): return actions
    case .over(let failing, let words): (passed, vouched) = (failing, words)
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
      return [.record(decision.ended(step, vouched == nil ? .succeeded : .done, reason: vouched))]
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
      effects: [.no: decision.effect(of: step.onError)], seconds: nil)
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
      choices: [.done, .no, .skip],
      effects: [
        .no: "it failed: \(decision.effect(of: step.onError))",
        .skip: decision.onwardEffect(after: step, isDone: false),
      ], seconds: nil)
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
        let failing = Failing(index: index, result: result, reason: reason)
        if let answer = waiver(of: failing) { return [ended(failing, answer)] }
        return fail(failing, policy: step.blocks[index].options.onError)
      }
    }
    return nil
  }

  private var ownBlocks: OwnBlocks {
    var passed: Failing?
    var vouched: String?
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
      if let answer = waiver(of: failing) {
        guard answer.choice == .done else { return .act([ended(failing, answer)]) }
        vouched = vouched ?? words(failing, answer)
        continue
      }
      guard policy == .continue, failing.result?.stopped != .cancelled,
        decision.chosenEnd(run(failing.index).reference) == nil
      else {
        return .act(fail(failing, policy: policy))
      }
      passed = passed ?? failing
    }
    return .over(passed: passed, vouched: vouched)
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

  // MARK: Going on after a failure

  /// A person's word that the run goes on all the same: the block counts as done, and the step goes on with its next
  /// one; or what is left of the step is left out.
  private func waiver(of failing: Failing) -> Answer? {
    let answer = decision.state.questions[run(failing.index).failureTopic]?.answer
    return answer?.choice == .done || answer?.choice == .skip ? answer : nil
  }

  private func ended(_ failing: Failing, _ answer: Answer) -> Action {
    .record(
      decision.ended(
        step, answer.choice == .done ? .done : .skipped, reason: words(failing, answer)))
  }

  /// `marked as done by ana after exit 7: deployed by hand`
  private func words(_ failing: Failing, _ answer: Answer) -> String {
    let who = answer.by.map { "by \($0) " } ?? ""
    return (answer.choice == .done ? "marked as done " : "") + who + "after \(failing.words)"
      + (answer.comment.map { ": \($0)" } ?? "")
  }

  // MARK: Failing

  private func fail(_ failing: Failing, policy: ErrorPolicy) -> [Action] {
    var policy = policy
    let reference = run(failing.index).reference
    if let chosen = decision.chosenEnd(reference) {
      policy = chosen
    } else if settled == nil, policy != .continue, !isUnanswered(failing) {
      switch decision.inquire(question(failing, policy)) {
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

  private func question(_ failing: Failing, _ policy: ErrorPolicy) -> Question {
    var choices: [Answer.Choice] = failing.result == nil ? [.done, .skip] : [.retry, .done, .skip]
    if decision.options.rollsBack { choices.append(.rollback) }
    return Question(
      topic: run(failing.index).failureTopic,
      text:
        "\(step.number) \(step.fullTitle): \(failing.kind.rawValue)\(detail(failing)). What now?",
      choices: choices + [.stop],
      effects: [
        .done: doneEffect(failing), .skip: decision.onwardEffect(after: step, isDone: false),
        .rollback: decision.rollbackEffect(), .stop: Decision.undoNothing,
      ], seconds: decision.options.questionSeconds, otherwise: decision.effect(of: policy))
  }

  /// `, Deploy.md:41: npm run build: exit 1`
  private func detail(_ failing: Failing) -> String {
    if let result = failing.result, result.place != nil {
      return ", \(result.told(of: step.blocks[failing.index]))"
    }
    let exit = failing.result?.exit.map { ", exit \($0)" } ?? ""
    return exit + (failing.explanation.map { " (\($0))" } ?? "")
  }

  private func doneEffect(_ failing: Failing) -> String {
    let block = step.blocks[failing.index]
    let hasMore = block.role != .doneIf && step.blocks(.run).contains { $0 > failing.index }
    let next =
      hasMore
      ? "go on with its next block"
      : decision.onwardEffect(after: step, isDone: block.role != .doneIf)
    return "mark as done, \(next)" + (block.options.capture.map { "; $\($0) stays empty" } ?? "")
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
