import Runbook

/// Changes of what a note executes, for a terminal: some lines of each, with what can't be seen made visible.
enum ChangeListing {
  private static let mostChanges = 12
  private static let mostLines = 16

  static func text(_ changes: [ExecutableChange]) -> SafeText {
    var lines: [SafeText] = []
    for change in changes.prefix(mostChanges) {
      lines.append("  \(change.kind.rawValue): \(change.title)")
      let shown = nearChanges(change.lines)
      for line in shown.prefix(mostLines) {
        lines.append("      \(line)")
      }
      if shown.count > mostLines {
        lines.append("      … \(shown.count - mostLines) more lines")
      }
    }
    if changes.count > mostChanges {
      lines.append("  … \(changes.count - mostChanges) more changes")
    }
    return lines.joined(separator: "\n")
  }

  /// Without the lines that nothing near them changed.
  private static func nearChanges(_ lines: [String]) -> [String] {
    let isChanged = lines.map { !$0.hasPrefix("  ") }
    var shown: [String] = []
    var last = -1
    for index in lines.indices {
      let around = isChanged[max(0, index - 1)...min(lines.count - 1, index + 1)]
      // The first says of what kind it is.
      guard index == 0 || around.contains(true) else {
        continue
      }
      if index > last + 1 { shown.append("  …") }
      shown.append(lines[index])
      last = index
    }
    return shown
  }
}
