extension Diagnostic {
  /// The problem as people read it: place, severity, message; the line with a caret below; the fix.
  public var text: SafeText {
    let place: SafeText = line > 0 ? "\(file):\(line):\(column)" : "\(file)"
    var result: SafeText = "\(place): \(severity.rawValue): \(message)\n"
    if line > 0 { result += excerpt }
    if let fix { result += "  fix: \(fix)\n" }
    return result
  }

  /// Of a long line, what is around the caret.
  private var excerpt: SafeText {
    let scalars = Array(source.unicodeScalars.prefix(column + Self.width))
    let start = column > Self.width ? column - Self.width / 2 : 1
    let end = min(scalars.count, start - 1 + Self.width)
    let before = scalars[min(start - 1, scalars.count)..<min(column - 1, scalars.count)]
    let shown = scalars[min(start - 1, end)..<end]
    let marked = shown.dropFirst(before.count).prefix(length)
    let number = String(line)
    let margin = String(repeating: " ", count: number.count)
    let cut = start > 1 ? "…" : ""
    let tail = source.unicodeScalars.count > end ? "…" : ""
    let text = String(String.UnicodeScalarView(shown))
    let caret =
      "^" + String(repeating: "~", count: max(0, Self.columns(marked, after: before.last) - 1))
    return """
        \(number) | \(cut)\(text)\(tail)
        \(margin) | \(cut.isEmpty ? "" : " ")\(Self.blank(before))\(caret)

      """
  }

  private static let width = 160

  /// White space as wide as the text before the caret: a tab stays a tab, or the caret would drift.
  private static func blank(_ text: ArraySlice<Unicode.Scalar>) -> String {
    text.split(separator: "\t", omittingEmptySubsequences: false)
      .map { String(repeating: " ", count: columns($0, after: nil)) }.joined(separator: "\t")
  }

  private static func columns(
    _ text: ArraySlice<Unicode.Scalar>, after first: Unicode.Scalar?
  ) -> Int {
    zip([first] + text.map { $0 }, text).reduce(0) { $0 + columns($1.1, after: $1.0) }
  }

  /// Near enough for a caret: accents and joiners take no column, emoji and East Asian text two.
  private static func columns(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> Int {
    if let shown = HiddenCharacter.shown(scalar, after: previous) {
      return shown.unicodeScalars.count
    }
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
      return 2
    default: return scalar.properties.isEmojiPresentation ? 2 : 1
    }
  }
}
