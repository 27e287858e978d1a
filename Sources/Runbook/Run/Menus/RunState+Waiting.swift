/// A person's time is no step's time: it is kept apart from the work.
extension RunState {
  public struct Wait: Sendable, Equatable {
    /// The innermost step that waited; nil: none had begun, or something was undone.
    public let step: StepID?
    public let from: WallTime
    /// By the run's clock.
    public let since: Double
    /// Seconds awake.
    public internal(set) var seconds = 0.0
  }

  /// Seconds of work that the run has done.
  public var workSeconds: Double { max(0, (waiting?.since ?? uptime) - waited) }

  /// Seconds of work that a step which has not ended has done so far; nil where it never started.
  public func work(of step: StepID, at uptime: Double) -> Double? {
    guard let progress = steps[step], let start = progress.startUptime else { return nil }
    return max(0, (waiting?.since ?? uptime) - start - progress.waited)
  }

  /// The step that is being undone.
  public var undoing: StepID? {
    guard let rollback, !rollback.isAbandoned, !isFinishing, rollback.done < rollback.steps.count
    else { return nil }
    return rollback.steps[rollback.done]
  }

  /// Called after each event.
  mutating func keepWaits(_ event: RunEvent) {
    let isWaiting =
      running == nil && outcome == nil && (paused != nil || !standing.isEmpty)
    guard var wait = waiting else {
      if isWaiting {
        waiting = Wait(step: open.last?.step ?? undoing, from: event.at, since: event.uptime)
      }
      return
    }
    guard !isWaiting else { return }
    wait.seconds = max(0, event.uptime - wait.since)
    waiting = nil
    waited += wait.seconds
    waits.append(wait)
    for step in open { steps[step.step]?.waited += wait.seconds }
  }
}
