/// A run that failed or was stopped, and of which nothing was undone, is gone on with: what its journal is told then.
/// Pure.
struct Reopening {
  private let plan: Plan
  private let state: RunState
  /// Where it goes on; nil: at its end.
  private let target: Step?
  /// That step is done anew, with all behind it; else it goes on where it stands.
  private let isAnew: Bool

  /// - Parameter from: the step that a person named; nil: the one that it failed at.
  init(_ plan: Plan, _ state: RunState, from: StepID? = nil) {
    self.plan = plan
    self.state = state
    let stand = Self.stand(plan, state)
    target = from.flatMap { plan.step($0) } ?? stand
    isAnew = from != nil && from != stand?.id
  }

  func event(by user: String) -> RunEvent.Reopened {
    let path = target.map { Self.path(to: $0, plan) } ?? []
    let steps = isAnew ? Array(path.dropLast()) + behind : path
    return RunEvent.Reopened(
      by: user, step: target?.id, open: open(path), endedRoots: endedRoots(path),
      steps: steps.map(\.id), blocks: blocksAgain,
      questions: forgotten(Set(steps.map(\.id))))
  }

  // MARK: Where it stands

  /// The step that failed, or the first that has not ended as it should.
  private static func stand(_ plan: Plan, _ state: RunState) -> Step? {
    if let failed = state.failure?.step.flatMap({ plan.step($0) }) { return failed }
    var found: Step?
    var siblings = plan.roots
    while let next = siblings.lazy.map({ plan.steps[$0] }).first(where: {
      state.steps[$0.id]?.result?.isFailure ?? true
    }) {
      found = next
      siblings = state.steps[next.id]?.startedAt == nil ? [] : next.children
    }
    return found
  }

  /// The steps around one, outermost first, and itself.
  private static func path(to step: Step, _ plan: Plan) -> [Step] {
    var path = [step]
    while let parent = path[0].parent { path.insert(plan.steps[parent], at: 0) }
    return path
  }

  /// The target and all steps behind it in the order of the note.
  private var behind: [Step] {
    target.flatMap { plan.index(of: $0.id) }.map { Array(plan.steps[$0...]) } ?? []
  }

  /// A step that is done anew, or never began, is not open: it is entered.
  private func open(_ path: [Step]) -> [RunState.OpenStep] {
    guard let last = path.last else { return [] }
    let isInside = !isAnew && state.steps[last.id]?.startedAt != nil
    return path.dropLast(isInside ? 0 : 1).indices.map { index in
      let step = path[index]
      let ended =
        index + 1 < path.count
        ? step.children.prefix { plan.steps[$0].id != path[index + 1].id }
        : step.children.prefix { state.steps[plan.steps[$0].id]?.result != nil }
      return RunState.OpenStep(
        step: step.id, endedChildren: ended.count,
        hasWarning: ended.contains { state.steps[plan.steps[$0].id]?.result == .warning })
    }
  }

  private func endedRoots(_ path: [Step]) -> Int {
    path.first.flatMap { first in plan.roots.firstIndex { plan.steps[$0].id == first.id } }
      ?? plan.roots.count
  }

  // MARK: What is run again

  /// What cleaned up does so again at the new end.
  private var blocksAgain: [BlockRef] {
    let forward = isAnew ? behind.flatMap(touched) : target.map(failing) ?? []
    return forward + plan.alwaysBlocks.filter { state.blocks[$0] != nil }
  }

  private func touched(_ step: Step) -> [BlockRef] {
    step.blocks.indices.filter { step.blocks[$0].role.isForward }
      .map { BlockRef(step: step.id, index: $0) }.filter { state.blocks[$0] != nil }
  }

  /// What stopped the step: the last of its blocks that was begun, unless that has passed. What stood in for it, and
  /// did not help, may be needed once more.
  private func failing(_ step: Step) -> [BlockRef] {
    let begun = touched(step)
    func of(_ role: BlockRole) -> [BlockRef] { begun.filter { plan.block($0)?.role == role } }
    guard let last = of(.run).last else { return of(.doneIf).suffix(1).filter { !isAnswer($0) } }
    if hasPassed(last) { return [] }
    return [last] + of(.fallback).filter { state.blocks[$0]?.last?.result?.isSuccess != true }
  }

  private func hasPassed(_ block: BlockRef) -> Bool {
    guard let progress = state.blocks[block] else { return false }
    if progress.skipped != nil { return !progress.isRefused }
    guard let last = progress.last, let result = last.result else { return false }
    let said = state.questions[
      Question.Topic(.failure, step: block.step, block: block.index, attempt: last.number)]
    return result.isSuccess || last.ambiguity == .skip || said?.answer?.choice == .done
  }

  /// `done-if` has said yes or no.
  private func isAnswer(_ block: BlockRef) -> Bool {
    guard let result = state.blocks[block]?.last?.result else { return true }
    return result.isSuccess || result.isOrdinaryFailure
  }

  /// What was said to stop the run is not said of its going on, nor what was said of steps that are done anew.
  private func forgotten(_ steps: Set<StepID>) -> [Question.Topic] {
    let around = Set(target.map { Self.path(to: $0, plan).map(\.id) } ?? [])
    return state.questions.compactMap { topic, asked in
      if topic.kind == .interrupt { return topic }
      guard let step = topic.step, steps.contains(step) else { return nil }
      if isAnew, !around.contains(step) || step == target?.id { return topic }
      switch asked.answer?.choice {
      case .no, .stop, .rollback, .cancel, .some(.none), nil: return topic
      default: return nil
      }
    }.sorted { $0.order < $1.order }
  }
}

extension Question.Topic {
  /// So that a journal is the same each time.
  fileprivate var order: String {
    "\(kind.rawValue) \(step?.text ?? "") \(block ?? -1) \(attempt ?? -1) \(round ?? -1)"
  }
}
