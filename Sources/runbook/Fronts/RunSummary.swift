import Runbook

/// The last lines of a run: how it ended, where it is written down, what to do next.
struct RunSummary {
  let plan: Masked<Plan>
  let state: RunState
  /// The path of the record note; nil: none was written here.
  let record: String?
  /// What went wrong with writing.
  let problems: [String]
  let logs: LogReader
  let style: Style

  var text: SafeText {
    let sum = RunSum(plan: plan.value, state: state)
    let steps = "step\(sum.total == 1 ? "" : "s")"
    let figures = "\(sum.done) of \(sum.total) \(steps) · \(Elapsed.text(sum.seconds))"
    var lines: [SafeText] = [
      "", style.paint("\(PlainText.line(sum.headline)) · \(figures)", ink),
    ]
    lines += lastWords(sum)
    lines += warnings.map { "\(style.paint("!", .yellow)) \(PlainText.line($0))" }
    lines += left
    lines.append("note    \(plan.value.file)")
    if let record { lines.append("record  \(ProcessContext.shown(record))") }
    if let next = sum.next?.filter({ $0 != "`" }) { lines.append("next    \(next)") }
    return lines.joined(separator: "\n")
  }

  private var warnings: [String] {
    state.warnings + RunSum(plan: plan.value, state: state).leftovers + problems
  }

  private static let lastLines = 10

  /// What the failed block printed last: why it failed stands there more often than not.
  private func lastWords(_ sum: RunSum) -> [SafeText] {
    guard let failed = sum.failedTry, !failed.attempt.folder.isEmpty else { return [] }
    let log = logs.log(
      of: failed.attempt, failed.block, failed.role, head: 0, tail: Self.lastLines)
    let bar = style.paint(style.hasUnicode ? "  │ " : "  | ", .dim)
    let place = log.failure.map { [style.paint(SafeText($0), ink)] } ?? []
    let hint = Hint.text(for: log).map { [style.paint("(\($0))", .dim)] } ?? []
    return log.tail.map { "\(bar)\($0)" } + place + hint
  }

  private var ink: Ink {
    switch state.outcome {
    case .rolledBack where state.header?.undoes != nil: .green
    case .succeeded: .green
    case .warnings: .yellow
    case nil: .yellow
    default: .red
    }
  }

  /// Services that steps started go on, and somebody should know.
  private var left: [SafeText] {
    state.blocks.flatMap { reference, progress in
      progress.attempts.flatMap { attempt in
        (attempt.result?.left ?? []).map { process in
          let title = plan.value.step(reference.step)?.fullTitle ?? ""
          let host = process.host.map { " on \($0)" } ?? ""
          return
            "left    \(process.name) (\(process.pid))\(host), started by “\(PlainText.line(title))”"
        }
      }
    }.sorted().map { SafeText($0) }
  }
}
