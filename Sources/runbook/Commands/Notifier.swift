import Runbook

/// Tells somebody that a run has ended, or needs a person: by the note's `notify` command, and the desktop's notifier
/// where there is one. What becomes of that changes nothing.
final class Notifier: RunObserver {
  private let plan: Plan
  private let environment: [String: String]
  private let isDetached: Bool

  init(plan: Masked<Plan>, environment: [String: String], isDetached: Bool) {
    self.plan = plan.value
    self.environment = environment
    self.isDetached = isDetached
  }

  /// A notification that takes longer is given up, in seconds.
  private static let patience = 30.0

  /// A run without a terminal waits for somebody who does not see it.
  func observe(_ event: RunEvent, _ state: RunState) {
    guard isDetached, case .asked(let question) = event.kind, question.seconds == nil else {
      return
    }
    notify(state, step: question.topic.step)
  }

  /// The run has ended, or needs a person to go on.
  func tell(_ state: RunState) {
    guard state.outcome != nil || state.paused != nil else { return }
    notify(state, step: state.paused?.step ?? state.failure?.step)
  }

  private func notify(_ state: RunState, step: StepID?) {
    let sum = RunSum(plan: plan, state: state)
    if let command = plan.settings.notify {
      let variables = environment.merging(variables(state, sum, step)) { $1 }
      if Command.output(of: "sh", ["-c", command], environment: variables, within: Self.patience)
        == nil
      {
        Output.complain("warning: the notify command failed: \(PlainText.line(command))")
      }
    }
    if environment["DISPLAY"] ?? environment["WAYLAND_DISPLAY"] != nil {
      _ = Command.output(
        of: "notify-send", ["runbook: \(plan.title)", sum.headline],
        environment: environment,
        within: 2)
    }
  }

  private func variables(
    _ state: RunState, _ sum: RunSum, _ step: StepID?
  ) -> [String: String] {
    var result = [
      "RUNBOOK": "1", "RUNBOOK_EVENT": state.outcome == nil ? "waiting" : "ended",
      "RUNBOOK_OUTCOME": sum.status, "RUNBOOK_TITLE": plan.title,
      "RUNBOOK_SUMMARY": sum.headline,
    ]
    if let header = state.header {
      result["RUNBOOK_RUN"] = header.id.text
      result["RUNBOOK_NOTE"] = header.note
    }
    if let step { result["RUNBOOK_STEP"] = plan.step(step)?.title ?? step.text }
    if let failure = state.failure {
      result["RUNBOOK_STATUS"] = failure.exit.map(String.init) ?? failure.kind.rawValue
    }
    return result
  }
}
