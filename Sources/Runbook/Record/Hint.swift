/// What a failure usually means, for those that puzzle people.
public enum Hint {
  /// - Returns: in one line; nil where the last words say it already.
  public static func text(for log: StepLog) -> String? {
    guard let result = log.result, !result.isSuccess else { return nil }
    guard result.stopped == nil else {
      return result.stopped == .logLimit
        ? "stopped, since it printed more than log_limit allows" : nil
    }
    return unset(log) ?? command(log, result.exit) ?? status(result.exit, log)
  }

  static func lines(for log: StepLog) -> [String] {
    text(for: log).map { ["(runbook: \($0))"] } ?? []
  }

  private static func status(_ exit: Int?, _ log: StepLog) -> String? {
    switch exit {
    // zsh says so of a script that it can't read.
    case 126 where log.tail.last?.contains("parse error") == true: nil
    case 126: "exit 126: the command was found, but may not be executed"
    case 127: "exit 127: a command was not found; see the last lines"
    case 137: "exit 137: killed by signal 9, often for want of memory"
    case 141:
      "exit 141: a program wrote into a pipe that was closed, as `head` and `grep -q` close it; "
        + "where that is fine, write `(… || true) | head`"
    case 143: "exit 143: ended by signal 15 (TERM) from outside"
    default: nil
    }
  }

  /// A shell's words about a variable that nobody set: `NAME: unbound variable`.
  private static func unset(_ log: StepLog) -> String? {
    let ends = [": unbound variable", ": parameter not set"]
    guard let line = log.tail.last, let end = ends.first(where: { line.hasSuffix($0) }) else {
      return nil
    }
    let name = line.dropLast(end.count).split(separator: " ").last.map(String.init) ?? ""
    guard VariableName.isValid(name) else { return nil }
    return "$\(name) has no value, which stops a block; where it may have none, write ${\(name):-}"
  }

  /// Commands that fail where people think of no failure.
  private static func command(_ log: StepLog, _ exit: Int?) -> String? {
    guard exit == 1, let command = log.failedCommand else { return nil }
    let words = command.split { " ;|&(){}".contains($0) }
    if command.hasPrefix("((") || command.hasPrefix("let ") {
      return "`((…))` fails where its value is 0, as in ((i++)) at 0; write i=$((i + 1))"
    }
    if words.first == "read" || words.first == "IFS=" && words.dropFirst().first == "read" {
      return "`read` fails at the end of its input, and a block has none but what it gives itself; "
        + "write `read … || true`"
    }
    if let grep = words.last(where: { ["grep", "egrep", "fgrep", "pgrep"].contains($0) }),
      log.isEmpty
    {
      return "`\(grep)` fails where it finds nothing; where that is fine, write `… || true`"
    }
    return nil
  }
}
