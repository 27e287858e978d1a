/// What the blocks printed, head and tail, as far as a record has room for it.
struct RecordLogs {
  let plan: Plan
  let state: RunState
  let logs: [StepLog]

  /// A block that runs every 30 s for a day prints more logs than anybody reads.
  private static let most = 200
  private static let limit = 640 << 10

  var text: String? {
    let chosen = LogChoice.of(logs, most: Self.most)
    guard !chosen.isEmpty else { return nil }
    // Room for failures first, and then all in the order of the run.
    let order =
      chosen.indices.filter { LogChoice.isFailure(chosen[$0]) }
      + chosen.indices.filter { !LogChoice.isFailure(chosen[$0]) }
    var texts: [Int: String] = [:]
    var size = 0
    for index in order {
      // A look first: a hundred long logs would be rendered only to be left out.
      guard size + Self.length(chosen[index]) <= Self.limit else { continue }
      let text = callout(chosen[index])
      size += text.utf8.count + 2
      if size <= Self.limit { texts[index] = text }
    }
    let left = logs.count { !$0.isEmpty || LogChoice.isFailure($0) } - texts.count
    let rest = left > 0 ? "\n\n\(left) more logs are left out." : ""
    return "## Logs\n\n"
      + chosen.indices.compactMap { texts[$0] }.joined(separator: "\n\n") + rest
  }

  private static func length(_ log: StepLog) -> Int {
    (log.head + log.tail).reduce(0) { $0 + min($1.utf8.count, 2000) }
  }

  private func callout(_ log: StepLog) -> String {
    let type = LogChoice.type(log, state)
    return LogCallout(
      type: type, title: LogTitle(plan: plan, log: log).text, isFolded: type != "failure",
      lines: LogLines.shown(log)
    ).rendered(mark: nil).joined(separator: "\n")
  }
}
