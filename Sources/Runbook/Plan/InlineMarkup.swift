/// Takes the marks of emphasis, code and links out of a title, for a table or a callout. What they held stays.
enum InlineMarkup {
  static func removed(from text: String) -> String {
    // Nobody reads a longer title, and taking marks out of the middle costs time by its length.
    guard text.utf8.count < 4096, text.utf8.contains(where: { Self.marks.contains($0) }) else {
      return text
    }
    return withoutEmphasis(withoutLinks(text))
  }

  private static let marks = Set("*_`[~=".utf8)

  /// `[[Note|alias]]` to the alias, `[text](address)` to the text.
  private static func withoutLinks(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let character = rest.first {
      if character == "`" {
        let code = Self.code(rest)
        result += code
        rest = rest.dropFirst(code.count)
      } else if let (shown, length) = wikiLink(rest) ?? webLink(rest) {
        result += shown
        rest = rest.dropFirst(length)
      } else {
        result.append(character)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  /// A code span with its backticks; the backticks alone where nothing closes them.
  private static func code(_ rest: Substring) -> Substring {
    let mark = rest.prefix { $0 == "`" }
    var inner = rest.dropFirst(mark.count).prefix(512)
    while !inner.isEmpty {
      inner = inner.drop { $0 != "`" }
      let close = inner.prefix { $0 == "`" }
      if close.count == mark.count, !close.isEmpty { return rest[..<close.endIndex] }
      inner = inner.dropFirst(close.count)
    }
    return mark
  }

  private static func wikiLink(_ rest: Substring) -> (String, Int)? {
    let isEmbed = rest.hasPrefix("![[")
    guard isEmbed || rest.hasPrefix("[[") else { return nil }
    let inner = rest.dropFirst(isEmbed ? 3 : 2).prefix(512).prefix { $0 != "]" && $0 != "[" }
    guard !inner.isEmpty, rest[inner.endIndex...].hasPrefix("]]") else { return nil }
    let shown = inner.split(separator: "|").last.map(String.init) ?? String(inner)
    return (shown, inner.count + (isEmbed ? 5 : 4))
  }

  private static func webLink(_ rest: Substring) -> (String, Int)? {
    guard rest.hasPrefix("[") else { return nil }
    let shown = rest.dropFirst().prefix(512).prefix { $0 != "]" && $0 != "[" }
    let behind = rest[shown.endIndex...]
    guard !shown.isEmpty, behind.hasPrefix("](") else { return nil }
    let address = behind.dropFirst(2).prefix(512).prefix { $0 != ")" && $0 != " " }
    guard behind.dropFirst(2 + address.count).first == ")" else { return nil }
    return (String(shown), shown.count + address.count + 4)
  }

  /// `**a**`, `*a*`, `__a__`, `_a_`, `~~a~~`, `==a==` and backticks. A mark counts where it touches a word on
  /// one side only, so that `DEPLOY_DIR`, `2 * 3` and `a==b` stay.
  private static func withoutEmphasis(_ text: String) -> String {
    var result: [Character] = []
    var open: [(mark: Substring, at: Int)] = []
    var rest = text[...]
    var before: Character = " "
    while let character = rest.first {
      if character == "`" {
        let code = Self.code(rest)
        let inner = code.drop { $0 == "`" }
        result += inner.reversed().drop { $0 == "`" }.reversed()
        if inner.isEmpty { result += code }
        rest = rest.dropFirst(code.count)
        before = "a"
        continue
      }
      let run = rest.prefix { $0 == character }
      guard isMark(run) else {
        result += run
        before = character
        rest = rest.dropFirst(run.count)
        continue
      }
      rest = rest.dropFirst(run.count)
      let after = rest.first ?? " "
      if before != " ", !isAlphanumeric(after), open.last?.mark == run, let last = open.popLast() {
        result.removeSubrange(last.at..<(last.at + run.count))
      } else {
        if after != " ", !isAlphanumeric(before) { open.append((run, result.count)) }
        result += run
      }
      before = character
    }
    return String(result)
  }

  private static func isMark(_ run: Substring) -> Bool {
    switch run {
    case "*", "**", "***", "_", "__", "~~", "==": true
    default: false
    }
  }

  private static func isAlphanumeric(_ character: Character) -> Bool {
    character.isLetter || character.isNumber
  }
}
