extension RunRegion {
  /// The region's lines, without line endings; nil where the id or a type hasn't the form that strip knows.
  func rendered() -> [String]? {
    guard RunIdentifier.isIdentifier(run), ([type] + logs.map(\.type)).allSatisfy(Self.isType)
    else { return nil }
    var lines = [header(type, "", title)]
    lines += body.map { "> " + MarkText.body($0) }
    lines += ["", "^run-\(run)"]
    for log in logs { lines += [""] + rendered(log) }
    return lines
  }

  private func rendered(_ log: LogCallout) -> [String] {
    let text = log.lines.map(MarkText.log)
    let fence = String(repeating: "`", count: max(3, Self.longestBacktickRun(text) + 1))
    return [header(log.type, log.isFolded ? "-" : "+", log.title), "> \(fence)text"]
      + text.map { $0.isEmpty ? ">" : "> " + $0 } + ["> \(fence)"]
  }

  private func header(_ type: String, _ fold: String, _ title: String) -> String {
    let title = MarkText.title(title)
    return "> [!\(type)|runbook-\(run)]\(fold)\(title.isEmpty ? "" : " " + title)"
  }

  private static func isType(_ type: String) -> Bool {
    !type.isEmpty && type.utf8.allSatisfy { (0x61...0x7A).contains($0) }
  }

  private static func longestBacktickRun(_ lines: [String]) -> Int {
    var longest = 0
    for line in lines {
      var run = 0
      for byte in line.utf8 {
        run = byte == UInt8(ascii: "`") ? run + 1 : 0
        longest = max(longest, run)
      }
    }
    return longest
  }
}
