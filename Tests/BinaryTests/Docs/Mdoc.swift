/// Markdown of our pages as mdoc, as far as table cells and short paragraphs need it.
enum Mdoc {
  /// Lines of text, and of `.Ql` for code.
  static func prose(_ markdown: String) -> [String] {
    var lines: [String] = []
    for (index, part) in plain(markdown).components(separatedBy: "`").enumerated() {
      guard index % 2 == 0 else {
        lines.append(".Ql \(escaped(part))")
        continue
      }
      // What ends a sentence or a bracket stays with the code before it.
      let ending = index == 0 ? "" : String(part.prefix { ".,;:)?".contains($0) })
      if !ending.isEmpty { lines[lines.count - 1] += ending.map { " \($0)" }.joined() }
      lines += wrapped(part.dropFirst(ending.count).trimmingCharacters(in: .whitespaces))
    }
    return lines
  }

  /// The code in a cell under a macro, the words between as they are.
  static func marked(_ cell: String, _ macro: String) -> String {
    cell.components(separatedBy: "`").enumerated().compactMap { index, part in
      let text = part.trimmingCharacters(in: .whitespaces)
      guard !text.isEmpty, index % 2 == 0 else {
        return text.isEmpty ? nil : "\(macro) \(escaped(text))"
      }
      guard text.hasPrefix(",") else { return "No \(escaped(text))" }
      return text == "," ? text : ", No \(escaped(String(text.dropFirst(2))))"
    }.joined(separator: " ")
  }

  /// One argument or more of a macro, each taken as it is.
  static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\e").split(separator: " ").map { word in
      let text = word.replacing("-", with: "\\-").replacing("\"", with: "\\(dq")
        .replacing("~", with: "\\(ti").replacing("^", with: "\\(ha").replacing("'", with: "\\(aq")
      // A word that is the name of a macro, or punctuation, would be taken for it.
      let isSpecial = word.count < 4 && word.allSatisfy { $0.isLetter || $0.isPunctuation }
      return isSpecial && !word.allSatisfy(\.isLowercase) ? "\\&\(text)" : text
    }.joined(separator: " ")
  }

  /// Links are their text.
  private static func plain(_ markdown: String) -> String {
    markdown.replacing(#/\[([^\]]+)\]\([^)]+\)/#) { String($0.1) }
  }

  /// A sentence a line, so that the formatter sees where one ends.
  private static func wrapped(_ text: String) -> [String] {
    text.replacing(". ", with: ".\n").split(separator: "\n").map { line in
      let escaped = line.replacing("\\", with: "\\e")
      return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&\(escaped)" : String(escaped)
    }
  }
}
