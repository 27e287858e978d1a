/// What came of each host of a group, in the record note.
struct HostTable {
  let plan: Plan
  let log: StepLog

  /// Of each try on a group, in the order of the run.
  static func all(_ plan: Plan, _ logs: [StepLog]) -> [String] {
    logs.filter { !$0.hosts.isEmpty }.map { HostTable(plan: plan, log: $0).text }
  }

  private var text: String {
    let lines = [
      MarkText.title(LogTitle(plan: plan, log: log).text), "",
      "| Host | Result | Exit | Took | At | Last lines |",
      "| --- | --- | ---: | ---: | --- | --- |",
    ]
    return (lines + log.hosts.map(row)).joined(separator: "\n")
  }

  private func row(_ host: StepLog.Host) -> String {
    let result = host.progress.result
    let cells = [
      MarkText.title(host.progress.host), MarkText.title(word(host.progress)),
      result?.exit.map(String.init) ?? "",
      host.progress.hasBegun ? result.map { DurationText.render(seconds: $0.took) } ?? "" : "",
      host.progress.startedAt?.time ?? "", lastLines(host),
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  private func word(_ host: HostProgress) -> String {
    guard let result = host.result else { return host.hasBegun ? "unknown" : "not begun" }
    if result.isSuccess { return log.role == .rollback ? "undone" : "succeeded" }
    if let stopped = result.stopped, result.problem == nil { return stopped.rawValue }
    return result.problem ?? "failed"
  }

  /// In characters, so that a row stays one that can be read.
  private static let longest = 200

  private func lastLines(_ host: StepLog.Host) -> String {
    let text = host.lines.joined(separator: "\n")
    guard !text.isEmpty else { return "" }
    return ValueText.cell(text.count > Self.longest ? "…" + text.suffix(Self.longest) : text)
  }
}
