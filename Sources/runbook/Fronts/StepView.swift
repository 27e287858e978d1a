import Runbook

/// How a step looks at a moment of a run.
struct StepView {
  let plan: Plan

  func line(_ step: Step, _ state: RunState) -> StepLine {
    let progress = state.steps[step.id]
    return StepLine(
      depth: step.depth, mark: mark(step, state), number: step.number, title: step.title,
      elapsed: progress?.took ?? progress?.startUptime.map { state.uptime - $0 },
      detail: detail(step, state))
  }

  func mark(_ step: Step, _ state: RunState) -> Mark {
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
    if running.role != .run { parts.append(running.role.rawValue) }
    if running.attempt.attempt > 1 { parts.append("try \(running.attempt.attempt)") }
    if running.isOverdue { parts.append("over its time") }
    if running.isSilent { parts.append("silent") }
    if running.extensions > 0 { parts.append("extended \(running.extensions)×") }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
