import Runbook

/// The line at the end of what was printed that has no end yet: a question, a row of dots that goes on. It is printed
/// once it has stood still for a while, since a progress bar would fill the screen.
struct OpenLine {
  /// What of it is printed.
  private var printed: SafeText = ""
  private var latest: SafeText = ""
  private var looks = 0
  /// Looks at an unchanged line before it is printed: about half a second.
  private static let patience = 5

  /// Prints whole lines. The first may be the open one, as it became.
  mutating func end(with lines: [SafeText]) {
    var lines = lines[...]
    if !printed.isEmpty { Output.put(rest(of: lines.popFirst()) + "\n") }
    printed = ""
    latest = ""
    if !lines.isEmpty { Output.print(lines.joined(separator: "\n")) }
  }

  /// - Parameter atOnce: without waiting for it to stand still.
  mutating func show(_ line: SafeText, atOnce: Bool) {
    looks = line == latest ? looks + 1 : 0
    latest = line
    guard line != printed, atOnce || looks >= Self.patience else { return }
    Output.put(rest(of: line))
    printed = line
  }

  /// What makes the line of what is printed of it; a line of its own where it is another by now.
  private func rest(of line: SafeText?) -> SafeText {
    guard let line else { return "" }
    return line.dropping(printed) ?? "\n" + line
  }
}
