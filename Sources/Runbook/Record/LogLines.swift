/// A log's lines as they stand in a note.
enum LogLines {
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
    return lines + Hint.lines(for: log)
  }
}
