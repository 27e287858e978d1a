extension Diagnostic {
  /// The problem as people read it: place, severity, message; the line with a caret below; the fix.
  public var text: String {
    let place = line > 0 ? "\(file):\(line):\(column)" : file
    var result = "\(place): \(severity.rawValue): \(message)\n"
    if line > 0 {
      let number = String(line)
      let margin = String(repeating: " ", count: number.count)
      result += "  \(number) | \(Self.shown(source))\n"
      result += "  \(margin) | \(caretIndent)^\(String(repeating: "~", count: length - 1))\n"
    }
    if let fix {
      result += "  fix: \(fix)\n"
    }
    return result
  }

  /// White space as wide as the text before the caret: a tab stays a tab, or the caret would drift.
  private var caretIndent: String {
    String(
      String.UnicodeScalarView(
        source.unicodeScalars.prefix(column - 1).map { $0 == "\t" ? "\t" : " " }))
  }

  /// A source line may hold terminal codes; they are shown, never sent.
  private static func shown(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map {
          ($0.value < 0x20 && $0 != "\t") || (0x7F...0x9F).contains($0.value) ? "\u{FFFD}" : $0
        }))
  }
}
