import Runbook

/// How a step looks at a moment of a run.
struct StepView {
  let plan: Plan

  func line(_ step: Step, _ state: RunState) -> StepLine {
    StepLine(
      depth: step.depth, mark: mark(step, state), number: step.number, title: step.title,
      elapsed: elapsed(step, state, at: state.uptime), detail: detail(step, state))
  }

  /// Seconds: of the way forward, or of what is done to undo it.
  func elapsed(_ step: Step, _ state: RunState, at uptime: Double) -> Double? {
    if let start = Self.endStart(step, state) { return max(0, uptime - start) }
    guard let progress = state.steps[step.id], !step.isManual else { return nil }
    return progress.took ?? (progress.result == nil ? state.work(of: step.id, at: uptime) : nil)
  }

  /// When the undoing or cleaning up began that goes on; nil: there is none.
  private static func endStart(_ step: Step, _ state: RunState) -> Double? {
    guard state.outcome == nil else { return nil }
    if state.undoing == step.id { return state.rollback?.since }
    guard let running = state.running, running.role == .always,
      running.attempt.block.step == step.id
    else { return nil }
    return state.blocks[running.attempt.block]?.last?.startUptime
  }

  func mark(_ step: Step, _ state: RunState) -> Mark {
    if Self.endStart(step, state) != nil {
      return state.standing.contains { $0.step == step.id } ? .waiting : .running
    }
    guard let progress = state.steps[step.id] else {
      return state.paused?.step == step.id ? .waiting : .pending
    }
    if progress.isRolledBack == true { return .rolledBack }
    if progress.isRolledBack == false { return .failed }
    guard let result = progress.result else {
      let isAsked = state.questions.contains { $0.key.step == step.id && $0.value.answer == nil }
      return isAsked || state.paused?.step == step.id ? .waiting : .running
    }
    return Self.mark(of: result)
  }

  static func mark(of result: StepResult) -> Mark {
    switch result {
    case .succeeded, .done: .done
    case .warning: .warning
    case .failed: .failed
    case .timedOut: .timedOut
    case .cancelled: .cancelled
    case .skipped: .skipped
    case .byHand: .byHand
    }
  }

  private func detail(_ step: Step, _ state: RunState) -> String? {
    let progress = state.steps[step.id]
    if progress?.isRolledBack == true { return "rolled back" }
    if progress?.isRolledBack == false { return "rollback failed" }
    if let running = state.running, running.attempt.block.step == step.id {
      return runningDetail(running, state)
    }
    if state.undoing == step.id, state.outcome == nil { return "rolling back" }
    if progress?.result?.isFailure == true || progress?.result == .warning,
      let failing = state.failingTry(of: step), let result = failing.attempt.result,
      result.place != nil
    {
      return result.told(of: plan.block(failing.block))
    }
    if let exit = progress?.exit, exit != 0 { return "exit \(exit)" }
    switch progress?.result {
    case .timedOut: return "timed out"
    case .byHand: return "by hand"
    default: return progress?.reason
    }
  }

  private func runningDetail(
    _ running: RunState.RunningAttempt, _ state: RunState
  ) -> String? {
    if let stopping = running.stopping { return "stopping: \(stopping.rawValue)" }
    var parts: [String] = []
    if let gap = state.gaps.last, gap.to == nil { parts.append("no connection to \(gap.host)") }
    switch running.role {
    case .run: break
    case .rollback: parts.append("rolling back")
    default: parts.append(running.role.rawValue)
    }
    if running.attempt.attempt > 1 { parts.append("try \(running.attempt.attempt)") }
    if running.isOverdue { parts.append("over its time") }
    if running.isSilent { parts.append("silent") }
    if running.isUnlimited {
      parts.append("no limit any more")
    } else if running.extensions > 0 {
      parts.append("extended \(running.extensions)×")
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
