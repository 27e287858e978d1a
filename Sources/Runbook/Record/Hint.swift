/// What an exit status usually means, for those that puzzle people.
enum Hint {
  static func lines(for log: StepLog) -> [String] {
    guard let result = log.result, result.stopped == nil else {
      return log.result?.stopped == .logLimit
        ? ["(runbook: stopped, since it printed more than log_limit allows)"] : []
    }
    let text =
      switch result.exit {
      case 126: "exit 126: the command was found, but may not be executed"
      case 127: "exit 127: a command was not found; see the last lines"
      case 137: "exit 137: killed by signal 9, often for want of memory"
      case 141:
        "exit 141: a program wrote into a closed pipe, which `pipefail` turns into a failure"
      case 143: "exit 143: ended by signal 15 (TERM) from outside"
      default: nil as String?
      }
    return text.map { ["(runbook: \($0))"] } ?? []
  }
}
