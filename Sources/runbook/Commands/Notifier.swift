import Runbook

/// Tells somebody that a run has ended, or needs a person: by the note's `notify` command, and the desktop's notifier
/// where there is one. What becomes of that changes nothing.
struct Notifier {
  let plan: Plan
  let state: RunState
  let environment: [String: String]

  /// A notification that takes longer is given up, in seconds.
  private static let patience = 30.0

  func tell() {
    guard state.outcome != nil || state.paused != nil else { return }
    if let command = plan.settings.notify {
      let variables = environment.merging(variables) { $1 }
      if Command.output(of: "sh", ["-c", command], environment: variables, within: Self.patience)
        == nil
      {
        Output.complain("warning: the notify command failed: \(PlainText.line(command))")
      }
    }
    if environment["DISPLAY"] ?? environment["WAYLAND_DISPLAY"] != nil {
      _ = Command.output(
        of: "notify-send", ["runbook: \(plan.title)", sum.headline], environment: environment,
        within: 2)
    }
  }

  private var sum: RunSum { RunSum(plan: plan, state: state) }

  private var variables: [String: String] {
    var result = [
      "RUNBOOK": "1", "RUNBOOK_EVENT": state.outcome == nil ? "paused" : "ended",
      "RUNBOOK_OUTCOME": sum.status, "RUNBOOK_TITLE": plan.title,
      "RUNBOOK_SUMMARY": sum.headline,
    ]
    if let header = state.header {
      result["RUNBOOK_RUN"] = header.id.text
      result["RUNBOOK_NOTE"] = header.note
    }
    if let step = state.paused?.step ?? state.failure?.step {
      result["RUNBOOK_STEP"] = plan.step(step)?.title ?? step.text
    }
    if let failure = state.failure {
      result["RUNBOOK_STATUS"] = failure.exit.map(String.init) ?? failure.kind.rawValue
    }
    return result
  }
}
