/// A run in figures and a few words.
public struct RunSum {
  let plan: Plan
  let state: RunState

  public init(plan: Plan, state: RunState) {
    self.plan = plan
    self.state = state
  }

  /// `run_status`: the outcome, or how it stands.
  public var status: String {
    if let outcome = state.outcome { return outcome.rawValue }
    return state.paused == nil ? "running" : "paused"
  }

  /// Of work: awake, and without what the run waited for people.
  public var seconds: Double { state.workSeconds }

  /// Steps that are done now, by the run or by hand before it; what was undone isn't.
  public var done: Int {
    leaves.count { state.steps[$0.id]?.isDone == true }
  }

  public var total: Int { leaves.count }

  /// What has no children is what is done; parents only gather.
  private var leaves: [Step] { plan.steps.filter { $0.children.isEmpty || !$0.blocks.isEmpty } }

  /// What could not be killed, and what was not undone: somebody has to look.
  public var leftovers: [String] {
    var lines: [String] = []
    for (block, progress) in state.blocks {
      let title = plan.step(block.step)?.fullTitle ?? ""
      for process in progress.attempts.flatMap({ $0.result?.survivors ?? [] }) {
        lines.append(
          process.isSure
            ? "still running: \(process.text) of “\(title)” could not be killed"
            : "maybe still running: \(process.text) of “\(title)”; nobody could look")
      }
    }
    if let rollback = state.rollback, state.outcome != nil {
      let left = rollback.steps.filter { state.steps[$0]?.isRolledBack != true }
        .compactMap { plan.step($0) }
      if !left.isEmpty {
        lines.append("not undone: " + left.map(notUndone).joined(separator: ", "))
      }
    }
    return lines.sorted()
  }

  /// `“Switch over” (exit 1)`
  private func notUndone(_ step: Step) -> String {
    let results = step.blocks(.rollback).compactMap {
      state.blocks[BlockRef(step: step.id, index: $0)]?.last?.result
    }
    let why = results.first { !$0.isSuccess }.map { " (\($0.summary))" } ?? ""
    return "“\(step.fullTitle)”\(why)"
  }

  /// The last try of the block that the run failed with; of a later rollback, of the first block that could not undo
  /// its step. Nil where no block ran.
  public var failedTry: (block: BlockRef, role: BlockRole, attempt: BlockProgress.Attempt)? {
    failedStep.map { state.failingTry(of: $0) } ?? failedUndo
  }

  private var failedUndo: (block: BlockRef, role: BlockRole, attempt: BlockProgress.Attempt)? {
    let steps = (state.rollback?.steps ?? []).compactMap { plan.step($0) }
    for step in steps {
      for index in step.blocks(.rollback) {
        let block = BlockRef(step: step.id, index: index)
        if let last = state.blocks[block]?.last, last.result?.isSuccess == false {
          return (block, .rollback, last)
        }
      }
    }
    return nil
  }

  public var failedStep: Step? { state.failure?.step.flatMap { plan.step($0) } }

  public var rolledBackSteps: Int { state.steps.values.count { $0.isRolledBack == true } }

  /// `failed at “Upload dist/” · rolled back`
  public var headline: String {
    if let undoing = state.header?.undoes { return headline(undoing) }
    var parts: [String] = []
    if let failure = state.failure {
      let place = failedStep.map { " at “\($0.fullTitle)”" } ?? ""
      parts.append(failure.kind.rawValue + place)
    }
    switch state.outcome {
    case .succeeded: parts.append("succeeded")
    case .warnings: parts.append("succeeded with warnings")
    case .rolledBack: parts.append("rolled back")
    case .rollbackFailed: parts.append("rollback failed")
    case .failed, .timedOut, .cancelled: parts.append("nothing rolled back")
    case nil:
      if let paused = state.paused {
        let title = plan.step(paused.step)?.fullTitle ?? paused.step.text
        parts.append("waiting at “\(title)”")
      } else {
        parts.append("running")
      }
    }
    return parts.joined(separator: " · ")
  }

  /// The run that a later rollback undoes, in words; Markdown.
  func origin(_ undoing: Undoing) -> String {
    "the run of \(undoing.startedAt.date) \(undoing.startedAt.time) by \(undoing.by)"
      + (undoing.record.map { " · record [[\($0)]]" } ?? "")
  }

  private func headline(_ undoing: Undoing) -> String {
    switch state.outcome {
    case .rolledBack: "run \(undoing.run.short) rolled back"
    case nil: "rolling back run \(undoing.run.short)"
    default: "rollback of run \(undoing.run.short) failed"
    }
  }

  static func thousandths(_ seconds: Double) -> String {
    let count = Int((min(max(0, seconds), 1e12) * 1000).rounded())
    return "\(count / 1000).\((count % 1000).digits(3))"
  }

  static func tenths(_ seconds: Double) -> String {
    let tenths = Int((max(0, seconds) * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// When nothing carried the run, so that what happened then was only seen afterwards, and when the machine slept.
  public var interruptions: [String] {
    state.interruptions.map {
      "the runner was gone \(Self.span($0)); the run went on from where it was"
    }
      + state.suspensions.map {
        "the machine slept \(Self.span($0)); no deadline counts that time"
      } + state.gaps.map(gap) + reopenings
  }

  /// Shorter ones are no news.
  private static let shortestWait = 1.0

  /// `waited 4m 3s for people`; nil where that was no time.
  public var waited: String? {
    let seconds = state.waits.reduce(0) { $0 + $1.seconds }
    guard seconds >= Self.shortestWait else { return nil }
    return "waited \(DurationText.render(seconds: seconds)) for people"
  }

  /// `waited 2m 3s for a person at “Look at the site”`
  public var waits: [String] {
    state.waits.filter { $0.seconds >= Self.shortestWait }.map { wait in
      let place = wait.step.flatMap { plan.step($0) }.map { " at “\($0.fullTitle)”" } ?? ""
      return "waited \(DurationText.render(seconds: wait.seconds)) for a person\(place)"
    }
  }

  /// `failed at “Build”, exit 7, at 14:02:24; ana went on with “Build” at 14:10:03`
  private var reopenings: [String] {
    state.reopenings.map { earlier in
      let failed = earlier.failure?.step.flatMap { plan.step($0) }
      var words = [
        earlier.outcome.rawValue + (failed.map { " at “\($0.fullTitle)”" } ?? ""),
        earlier.failure?.exit.map { "exit \($0)" } ?? earlier.failure?.reason,
      ].compactMap(\.self).joined(separator: ", ")
      if let ended = earlier.endedAt { words += ", at \(moment(ended))" }
      let next = earlier.step.flatMap { plan.step($0) }.map { " with “\($0.fullTitle)”" } ?? ""
      return words + "; \(earlier.by) went on\(next) at \(moment(earlier.at))"
    }
  }

  /// With the date where it is not the run's.
  private func moment(_ time: WallTime) -> String {
    time.date == state.startedAt?.date ? time.time : "\(time.date) \(time.time)"
  }

  private static func span(_ gap: RunState.Interruption) -> String {
    let day = gap.from.date == gap.to.date ? "" : "\(gap.to.date) "
    return "from \(gap.from.time) to \(day)\(gap.to.time)"
  }

  private func gap(_ gap: RunState.Gap) -> String {
    guard let to = gap.to else {
      return "there was no connection to \(gap.host) from \(gap.from.time) on"
    }
    let span = Self.span(RunState.Interruption(from: gap.from, to: to))
    return "there was no connection to \(gap.host) \(span); what ran there went on"
  }

  /// What a person does now; Markdown. Nil: nothing is needed.
  public var next: String? {
    guard let id = state.header?.id else { return nil }
    if let paused = state.paused {
      let hasBox = plan.step(paused.step).map { $0.isManual && $0.origin == nil } ?? false
      return (hasBox ? "tick its box, then " : "") + "`runbook resume \(id.short)`"
        + (hasBox ? "" : " in a terminal")
    }
    if state.header?.undoes != nil {
      guard state.outcome == .rollbackFailed else { return nil }
      return "`runbook logs \(id.short)`, then `runbook rollback \(id.short)` for what is left"
    }
    if isAskedOfEmbedded { return "`runbook attach \(id.short)`" }
    guard state.outcome != nil else { return nil }
    let logs = failedStep.flatMap { step in
      state.blocks.contains { $0.key.step == step.id }
        ? "`runbook logs \(id.short) \(step.number)`" : nil
    }
    let words = [logs, goingOn(id)].compactMap(\.self)
    return words.isEmpty ? nil : words.joined(separator: ", then ")
  }

  private func goingOn(_ id: RunID) -> String? {
    guard !state.isUnrecorded else { return "`runbook cancel \(id.short) --abandon`" }
    return switch state.outcome {
    case .rollbackFailed: "`runbook rollback \(id.short)` for what is left"
    case .failed, .timedOut, .cancelled: "`runbook resume \(id.short)` to go on"
    default: nil
    }
  }

  /// A step of an embedded note has no box in this one that could answer.
  private var isAskedOfEmbedded: Bool {
    state.outcome == nil
      && state.questions.contains {
        $0.value.answer == nil && $0.key.kind == .manual
          && $0.key.step.flatMap { plan.step($0) }?.origin != nil
      }
  }
}
