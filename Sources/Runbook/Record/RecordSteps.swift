/// The table of the steps: for people a duration, for `stats` and other programs the seconds.
struct RecordSteps {
  let plan: Plan
  let state: RunState

  static let columns = ["", "Step", "Result", "Exit", "Took", "Seconds", "At"]
  private static let rule = ["---:", "---", "---", "---:", "---:", "---:", "---"]
  static let indent = "&emsp;"
  private static let limit = 640 << 10

  var text: String {
    let head = [Self.row(Self.columns), Self.row(Self.rule)]
    let rows = BoundedText(plan.steps.map(row), limit: Self.limit)
    return "## Steps\n\n" + head.joined(separator: "\n") + "\n"
      + rows.joined("\n") { "\($0) more steps are left out: `runbook logs` has them." }
  }

  private func row(_ step: Step) -> String {
    let progress = state.steps[step.id]
    let took = progress?.took
    return Self.row([
      step.number,
      String(repeating: Self.indent, count: step.depth) + Self.title(step),
      MarkText.title(result(step)),
      progress?.exit.map(String.init) ?? "",
      took.map { DurationText.render(seconds: $0) } ?? "",
      took.map(RunSum.thousandths) ?? "",
      progress?.startedAt?.time ?? progress?.endedAt?.time ?? "",
    ])
  }

  private static func row(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |"
  }

  /// Nobody's title is longer, but a note may say anything.
  static func title(_ step: Step) -> String { String(MarkText.title(step.title).prefix(200)) }

  private func result(_ step: Step) -> String {
    guard let progress = state.steps[step.id], let result = progress.result else {
      let hasCleanedUp = step.blocks(.always).contains {
        state.blocks[BlockRef(step: step.id, index: $0)]?.last != nil
      }
      return hasCleanedUp ? "not run, but its always block" : "not run"
    }
    var word = result.rawValue
    if let reason = progress.reason { word += ": \(reason)" }
    switch progress.isRolledBack {
    case true?: return result == .succeeded ? "rolled back" : "\(word) · rolled back"
    case false?: return "\(word) · rollback failed"
    case nil: return word
    }
  }
}
