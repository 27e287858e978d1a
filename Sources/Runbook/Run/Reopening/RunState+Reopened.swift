/// A run that had ended goes on.
extension RunState {
  /// How it had ended before.
  public struct Reopened: Sendable, Equatable {
    public let at: WallTime
    public let by: String
    public let outcome: Outcome
    public let failure: Failure?
    public let endedAt: WallTime?
    /// Where it went on.
    public let step: StepID?
  }

  mutating func reopen(_ value: RunEvent.Reopened, _ event: RunEvent) {
    reopenings.append(
      Reopened(
        at: event.at, by: value.by, outcome: outcome ?? .cancelled, failure: failure,
        endedAt: endedAt, step: value.step))
    (outcome, endedAt, failure, paused) = (nil, nil, nil, nil)
    (isFinishing, isRecorded, isLeaving) = (false, false, false)
    (cancelRequests, cancelRequestsAtEnd) = (0, 0)
    // Its clock stood still since: no runner's reading says what it is.
    runner = nil
    for topic in value.questions { questions[topic] = nil }
    open = value.open
    endedRoots = value.endedRoots
    for step in value.steps { reopen(step, isOpen: value.open.contains { $0.step == step }, event) }
    for block in value.blocks {
      blocks[block]?.reopen()
      conditions[.block(block)] = nil
    }
    // One that is passed over has failed all the same.
    if steps.values.contains(where: { $0.result?.isFailure == true }) { hasWarnings = true }
  }

  private mutating func reopen(_ step: StepID, isOpen: Bool, _ event: RunEvent) {
    conditions[.step(step)] = nil
    var progress = StepProgress()
    progress.hasBegun = steps[step]?.hasBegun ?? false
    if isOpen {
      progress.startedAt = steps[step]?.startedAt ?? event.at
      progress.startUptime = event.uptime - (steps[step]?.took ?? 0)
    } else if !progress.hasBegun {
      return steps[step] = nil
    }
    steps[step] = progress
  }
}
