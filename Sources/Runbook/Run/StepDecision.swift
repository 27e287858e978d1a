/// What has to happen next inside a step that was entered: its question, `done-if`, its blocks, its children.
struct StepDecision {
  let decision: Decision
  let step: Step
  let open: RunState.OpenStep

  private var state: RunState { decision.state }

  var actions: [Action] {
    if let confirm = step.confirm, let actions = confirmation(confirm) { return actions }
    if let actions = alreadyDone { return actions }
    if let actions = ownBlocks { return actions }
    if open.endedChildren < step.children.count {
      return decision.enter(decision.plan.steps[step.children[open.endedChildren]])
    }
    if step.isManual { return manual }
    let hasWarning = open.hasWarning || hasPassedFailure
    return [.record(decision.ended(step, hasWarning ? .warning : .succeeded))]
  }

  // MARK: Questions

  private func confirmation(_ confirm: Template) -> [Action]? {
    if decision.options.assumesYes { return nil }
    let topic = Question.Topic(.confirm, step: step.id)
    guard let asked = state.questions[topic] else {
      guard decision.canAsk else {
        return [.pause(step.id, reason: "the step asks to be confirmed")]
      }
      return [
        .ask(
          Question(topic: topic, text: confirm.source, choices: [.yes, .no], seconds: nil))
      ]
    }
    switch asked.answer?.choice {
    case nil: return [decision.waitForAnswer(asked)]
    case .yes: return nil
    default: return fail(.cancelled, reason: "not confirmed", policy: step.onError)
    }
  }

  private var manual: [Action] {
    let topic = Question.Topic(.manual, step: step.id)
    guard let asked = state.questions[topic] else {
      guard decision.canAsk else { return [.pause(step.id, reason: "a person does this step")] }
      return [
        .ask(
          Question(
            topic: topic, text: "\(step.number) \(step.title)", choices: [.done, .no, .skip],
            seconds: nil))
      ]
    }
    guard let answer = asked.answer else { return [decision.waitForAnswer(asked)] }
    switch answer.choice {
    case .done, .yes: return [.record(decision.ended(step, .done, reason: answer.comment))]
    case .skip:
      return [
        .record(decision.ended(step, .skipped, reason: answer.comment ?? "skipped when asked"))
      ]
    default:
      return fail(.failed, reason: answer.comment ?? "answered with no", policy: step.onError)
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
      switch run(index).progress {
      case .act(let actions): return actions
      case .passed where state.blocks[BlockRef(step: step.id, index: index)]?.skipped != nil:
        continue
      case .passed:
        return [.record(decision.ended(step, .skipped, reason: "already done"))]
      case .failed(let result, let reason):
        if let result, result.exit != nil, result.stopped == nil { continue }
        return fail(index, result, reason)
      }
    }
    return nil
  }

  private var ownBlocks: [Action]? {
    for index in step.blocks(.run) {
      switch run(index).progress {
      case .act(let actions): return actions
      case .passed: continue
      case .failed(let result, let reason):
        if let result, result.isTimeout, let actions = fallback(index, result) {
          if actions.isEmpty { continue }
          return actions
        }
        if step.blocks[index].options.onError == .continue {
          continue
        }
        return fail(index, result, reason)
      }
    }
    return nil
  }

  /// Nil where no fallback applies; empty once it has done the block's work.
  private func fallback(_ index: Int, _ result: BlockResult) -> [Action]? {
    let block = step.blocks[index]
    let fallbacks = step.blocks(.fallback)
    let reference = BlockRef(step: step.id, index: index)
    guard !fallbacks.isEmpty, decision.timeoutPolicy(reference, block) == .fallback else {
      return nil
    }
    for fallback in fallbacks {
      switch run(fallback).progress {
      case .act(let actions): return actions
      case .passed: continue
      case .failed(let result, let reason):
        if block.options.onError == .continue { return [] }
        return fail(fallback, result, reason)
      }
    }
    return []
  }

  private var hasPassedFailure: Bool {
    step.blocks.indices.contains { index in
      let block = step.blocks[index]
      guard block.role == .run, block.options.onError == .continue,
        let last = state.blocks[BlockRef(step: step.id, index: index)]?.last?.result
      else { return false }
      return !last.isSuccess && !(last.isTimeout && hasWorkingFallback)
    }
  }

  private var hasWorkingFallback: Bool {
    let fallbacks = step.blocks(.fallback)
    return !fallbacks.isEmpty
      && fallbacks.allSatisfy {
        state.blocks[BlockRef(step: step.id, index: $0)]?.last?.result?.isSuccess == true
      }
  }

  // MARK: Failing

  private func fail(_ index: Int, _ result: BlockResult?, _ reason: String?) -> [Action] {
    let kind: Failure.Kind
    // Only a refusal leaves a reason without a result. An interruption never comes here: it goes first.
    if result == nil {
      kind = .cancelled
    } else {
      kind = result?.isTimeout == true ? .timedOut : .failed
    }
    let policy = step.blocks[index].options.onError
    if decision.canAsk, policy != .continue {
      let topic = run(index).failureTopic
      guard let asked = state.questions[topic] else { return [ask(topic, kind, result)] }
      guard let answer = asked.answer else { return [decision.waitForAnswer(asked)] }
      switch answer.choice {
      case .rollback: return fail(kind, result: result, reason: reason, policy: .rollback)
      case .stop: return fail(kind, result: result, reason: reason, policy: .stop)
      default: break
      }
    }
    return fail(kind, result: result, reason: reason, policy: policy)
  }

  private func ask(
    _ topic: Question.Topic, _ kind: Failure.Kind, _ result: BlockResult?
  ) -> Action {
    let exit = result?.exit.map { ", exit \($0)" } ?? ""
    return .ask(
      Question(
        topic: topic, text: "\(step.number) \(step.title): \(kind.rawValue)\(exit). What now?",
        choices: [.retry, .rollback, .stop], seconds: decision.options.questionSeconds))
  }

  private func fail(
    _ kind: Failure.Kind, result: BlockResult? = nil, reason: String?, policy: ErrorPolicy
  ) -> [Action] {
    if policy == .continue {
      return [.record(decision.ended(step, .warning, exit: result?.exit, reason: reason))]
    }
    return [
      .record(
        .failed(
          Failure(
            step: step.id, kind: kind, exit: result?.exit, reason: reason ?? result?.problem,
            next: policy == .stop ? .stop : .rollback)))
    ]
  }
}
