/// The fields behind each step's text, found again by identity in what the note says now.
struct StepMarks {
  let plan: Plan
  let state: RunState
  /// Of steps around one that was to be undone, whether all of that was: what is done no longer in part is not done.
  private let undoneBelow: [StepID: Bool]

  init(plan: Plan, state: RunState) {
    self.plan = plan
    self.state = state
    var undone: [StepID: Bool] = [:]
    for step in plan.steps {
      guard let isRolledBack = state.steps[step.id]?.isRolledBack else { continue }
      var around = step.parent
      while let index = around {
        let id = plan.steps[index].id
        undone[id] = (undone[id] ?? true) && isRolledBack
        around = plan.steps[index].parent
      }
    }
    undoneBelow = undone
  }

  /// - Parameter before: the marks that the note has now. A step that this run leaves out keeps what it says where it
  ///   was done before: that is still so.
  /// - Returns: the marks, and in words which steps could not be found.
  func items(
    in note: Note, before: [NoteMarks.Item]
  ) -> (items: [NoteMarks.Item], lost: [String]) {
    let earlier = Dictionary(
      before.lazy.map { ($0.task, $0) }, uniquingKeysWith: { first, _ in first })
    let places = Dictionary(
      zip(StepIdentity.identify(note), note.tasks.indices),
      uniquingKeysWith: { first, _ in first })
    var items: [NoteMarks.Item] = []
    var lost: [String] = []
    // A step of an embedded note has no line here; what became of it stands in the run log.
    for step in plan.steps where step.origin == nil {
      let task = places[step.id]
      // A step inside of one that was left out was not even looked at.
      if step.isLeftOut, let task, let item = earlier[task],
        item.ticks || item.group.result == .byHand
      {
        items.append(item)
        continue
      }
      guard let (group, ticks) = mark(step) else { continue }
      guard let task else {
        lost.append("the step “\(step.title)” is no longer in the note; its result is not either")
        continue
      }
      if step.isLeftOut, step.isByHand { continue }
      items.append(NoteMarks.Item(task: task, group: group, ticks: ticks))
    }
    return (items.sorted { $0.task < $1.task }, lost)
  }

  func mark(_ step: Step) -> (ItemGroup, ticks: Bool)? {
    if isWaiting(step) { return (ItemGroup(result: .waiting, at: time(waitingSince(step))), false) }
    guard let progress = state.steps[step.id] else { return nil }
    guard let result = progress.result else {
      let word: ResultWord = state.outcome == nil ? .running : .interrupted
      return (ItemGroup(result: word, at: time(progress.startedAt)), false)
    }
    let at = time(progress.endedAt)
    if let undone = undone(step, progress) {
      return (ItemGroup(result: undone, took: progress.took, at: at), false)
    }
    let exit = result.isFailure || result == .warning ? progress.exit : nil
    return (
      ItemGroup(result: result.word, exit: exit, took: progress.took, at: at),
      result == .succeeded || result == .done
    )
  }

  /// What failed keeps its failure: that it was undone as well is told at the top.
  private func undone(_ step: Step, _ progress: StepProgress) -> ResultWord? {
    guard let isRolledBack = progress.isRolledBack ?? undoneBelow[step.id] else { return nil }
    if !isRolledBack { return .rollbackFailed }
    return progress.result?.isFailure == true ? nil : .rolledBack
  }

  private func isWaiting(_ step: Step) -> Bool {
    if state.paused?.step == step.id { return true }
    guard state.outcome == nil, state.steps[step.id]?.result == nil else { return false }
    return state.questions.contains { $0.key.step == step.id && $0.value.answer == nil }
  }

  private func waitingSince(_ step: Step) -> WallTime? {
    state.paused?.step == step.id ? state.lastAt : state.steps[step.id]?.startedAt
  }

  /// With the date where it is not the run's.
  private func time(_ moment: WallTime?) -> String {
    guard let moment = moment ?? state.startedAt else { return "00:00:00" }
    return moment.date == state.startedAt?.date ? moment.time : "\(moment.date) \(moment.time)"
  }
}

extension StepResult {
  /// Nil for plain success.
  fileprivate var word: ResultWord? {
    switch self {
    case .succeeded: nil
    case .warning: .warning
    case .failed: .failed
    case .timedOut: .timedOut
    case .cancelled: .cancelled
    case .skipped: .skipped
    case .byHand: .byHand
    case .done: .done
    }
  }
}
