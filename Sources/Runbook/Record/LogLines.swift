/// A log's lines as they stand in a note.
enum LogLines {
  /// In characters. A program that prints a file in one line would fill the note with it.
  private static let longest = 2000

  private static func cut(_ line: String) -> String {
    guard line.utf8.count > longest, line.count > longest else { return line }
    return "\(line.prefix(longest)) … \(line.count - longest) more characters"
  }

  static func shown(_ log: StepLog) -> [String] {
    var lines = log.head
    switch log.omitted {
    case 0: break
    case let count?:
      lines.append(
        "… \(count) line\(count == 1 ? "" : "s") \(log.head.isEmpty ? "above" : "left out") …")
    case nil: lines.append("… of \(log.size >> 20) MB in all …")
    }
    lines += log.tail
    lines = lines.map(cut)
    if lines.isEmpty { lines.append("(runbook: it printed nothing)") }
    if let failure = log.failure { lines.append(cut("(runbook: \(failure))")) }
    return lines + Hint.lines(for: log)
  }
}
