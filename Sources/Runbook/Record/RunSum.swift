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

  /// Awake, from the first event to the last.
  public var seconds: Double { state.uptime }

  /// Steps that are done now, by the run or by hand before it; what was undone isn't.
  public var done: Int {
    leaves.count { step in
      guard let progress = state.steps[step.id], progress.isRolledBack == nil else { return false }
      switch progress.result {
      case .succeeded, .done, .byHand, .warning: return true
      default: return false
      }
    }
  }

  public var total: Int { leaves.count }

  /// What has no children is what is done; parents only gather.
  private var leaves: [Step] { plan.steps.filter { $0.children.isEmpty || !$0.blocks.isEmpty } }

  public var failedStep: Step? { state.failure?.step.flatMap { plan.step($0) } }

  public var rolledBackSteps: Int { state.steps.values.count { $0.isRolledBack == true } }

  /// `failed at “Upload dist/” · rolled back`
  public var headline: String {
    var parts: [String] = []
    if let failure = state.failure {
      let place = failedStep.map { " at “\($0.title)”" } ?? ""
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
        let title = plan.step(paused.step)?.title ?? paused.step.text
        parts.append("waiting at “\(title)”")
      } else {
        parts.append("running")
      }
    }
    return parts.joined(separator: " · ")
  }

  static func tenths(_ seconds: Double) -> String {
    let tenths = Int((max(0, seconds) * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
