/// Words from a comment, an `echo` or a command, as the text of a step.
enum StepTitle {
  /// Nil where no words are left.
  static func cleaned(_ text: String) -> String? {
    var words = PlainText.line(text).replacing("::", with: ":")
    words.removeAll { "{}[]^`<>|\\%$#*~".contains($0) }
    words = withoutCounter(trimmed(words))
    words = words.split(separator: " ").joined(separator: " ")
    guard words.contains(where: \.isLetter) else { return nil }
    return capitalized(shortened(words))
  }

  /// `deploy_app` as words.
  static func ofFunction(_ name: String) -> String? {
    cleaned(String(name.map { $0 == "_" || $0 == "-" ? " " : $0 }))
  }

  /// Whether a text is only there to be seen: `==> Build`, `[1/4] Build`.
  static func isDecorated(_ text: String) -> Bool {
    let start = text.drop { $0 == " " }
    return ["==", "--", ">>", "**", "##", "::", "=>", "->", "[", "━", "─", "▶", "→", "•"].contains {
      start.hasPrefix($0)
    } || withoutCounter(String(start)) != String(start)
      || start.unicodeScalars.first.map { $0.properties.isEmojiPresentation } ?? false
  }

  /// `Done.` belongs to what was done.
  static func isConclusion(_ text: String) -> Bool {
    let word = text.lowercased().drop { !$0.isLetter }.prefix { $0.isLetter }
    return ["done", "finished", "complete", "completed", "success", "successfully", "ok", "all"]
      .contains(String(word)) || text.contains("✓") || text.contains("✅") || text.contains("✔")
  }

  private static func trimmed(_ text: String) -> String {
    let marks: Set<Character> = [
      "=", "-", "+", "_", ".", "…", ":", "!", ">", " ", "/", "·", "─", "━", "→",
    ]
    var part = text[...]
    while let first = part.first, marks.contains(first) { part.removeFirst() }
    while let last = part.last, marks.contains(last) { part.removeLast() }
    return String(part)
  }

  /// `Step 2:`, `2/5`, `2.`
  private static func withoutCounter(_ text: String) -> String {
    var part = text[...]
    if part.lowercased().hasPrefix("step ") {
      let rest = part.dropFirst(5)
      guard rest.first?.isNumber == true else { return text }
      part = rest
    }
    let digits = part.prefix { $0.isNumber || $0 == "/" }
    guard digits.first?.isNumber == true else { return text }
    let rest = part.dropFirst(digits.count)
    guard digits.contains("/") || rest.first == "." || rest.first == ")" || rest.first == ":" else {
      return text
    }
    let words = rest.drop { ".):] -".contains($0) }
    return words.isEmpty ? text : String(words)
  }

  private static func capitalized(_ text: String) -> String {
    let word = text.prefix { $0 != " " }
    let isWord = word.allSatisfy { $0.isLetter && $0.isLowercase }
    return isWord ? text.prefix(1).uppercased() + text.dropFirst() : text
  }

  private static func shortened(_ text: String) -> String {
    guard text.count > 80 else { return text }
    let start = text.prefix(78)
    let end = start.lastIndex(of: " ") ?? start.endIndex
    return String(start[..<end]) + "…"
  }
}
