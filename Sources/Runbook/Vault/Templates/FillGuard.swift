/// Keeps values from being more than text where they are filled in.
struct FillGuard {
  /// The template as it is read, with words for what is to be filled in.
  let note: Note
  let marked: MarkedTemplate

  func refuse(
    _ value: String, of placeholder: Placeholder, at mark: Range<Int>
  ) throws(NoteProblem) {
    let isOurs =
      switch placeholder.kind {
      case .title, .variable: false
      case .date, .time, .escaped: true
      }
    guard !isOurs else { return }
    let line = note.lines.line(at: mark.lowerBound)
    if let reason = Self.neverText(value) {
      throw problem(placeholder, reason, fix: "give another value")
    }
    if note.blocks.contains(where: { $0.isCode && ($0.line...$0.lastLine).contains(line) }) {
      guard Self.isPlainWord(value) else {
        throw problem(
          placeholder, "“\(value)” can't stand in code, where its signs may mean something",
          fix: "declare a parameter (params: - NAME={{NAME}}), and write \"$NAME\" in the block")
      }
    } else if note.tasks.contains(where: { $0.line == line }), !Self.isPlainTitle(value) {
      throw problem(
        placeholder, "“\(value)” can't stand in a step's text, where its signs mean something",
        fix: "leave out brackets, braces, #, ^, :: and `")
    }
  }

  private func problem(_ placeholder: Placeholder, _ message: String, fix: String) -> NoteProblem {
    NoteProblem(message, at: placeholder.range, fix: fix)
  }

  private static func neverText(_ value: String) -> String? {
    if value.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      return "the value holds a line's end or another control character"
    }
    if value.contains("<%") || value.contains("%%") || value.contains("$$") {
      return "“\(value)” means something to Obsidian or to Templater"
    }
    return value.utf8.count > 4096 ? "the value is over 4 KiB" : nil
  }

  /// Nothing that a shell or another language reads as more than a letter; no option either, nor nothing at all.
  private static func isPlainWord(_ value: String) -> Bool {
    let marks: Set<Character> = ["_", "-", ".", "/", ":", "@", "%", "+", ",", "="]
    return !value.isEmpty && value.first != "-"
      && value.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || marks.contains($0) }
  }

  private static func isPlainTitle(_ value: String) -> Bool {
    !value.contains("::") && !value.contains { "{}[]()#^`\\<>|".contains($0) }
  }

  // MARK: The whole

  /// Refuses a note that is not what the template is.
  func compare(with bytes: [UInt8], _ values: [String]) throws(NoteProblem) {
    guard let filled = try? Note(bytes) else {
      throw difference(at: nil)
    }
    if let problem = filled.problems.first {
      throw NoteProblem(
        "what is filled in breaks the note: \(problem.message)", at: place(nil),
        fix: "give another value")
    }
    let wanted = note.blocks.map(\.shape)
    let made = filled.blocks.map(\.shape)
    guard wanted == made else {
      throw difference(at: zip(wanted, made).first { $0 != $1 }?.0.line)
    }
    guard note.tasks.map(\.line) == filled.tasks.map(\.line),
      note.fences.map(\.closingLine) == filled.fences.map(\.closingLine),
      note.comments.count == filled.comments.count,
      note.openMath == nil || filled.openMath != nil
    else { throw difference(at: nil) }
    let properties = filled.frontMatter?.entries ?? []
    let expected = note.frontMatter?.entries ?? []
    guard properties.count == expected.count else { throw difference(at: 0) }
    for (one, other) in zip(expected, properties) {
      guard one.key == other.key, PropertyFill.isSame(one.value, other.value, marked, values) else {
        throw difference(at: one.lines.lowerBound)
      }
    }
  }

  private func difference(at line: Int?) -> NoteProblem {
    NoteProblem(
      "what is filled in would make another note of the template", at: place(line),
      fix: "give a value without marks of Markdown or YAML")
  }

  /// Of the first placeholder on a line or below.
  private func place(_ line: Int?) -> Range<Int> {
    let start = line.map { note.lines.content(of: $0).lowerBound } ?? 0
    let mark = marked.marks.first { $0.lowerBound >= start } ?? marked.marks.first ?? 0..<0
    return marked.original(mark)
  }
}

extension MarkdownBlock {
  fileprivate var isCode: Bool {
    switch kind {
    case .fence, .indentedCode, .html: true
    default: false
    }
  }

  fileprivate struct Shape: Equatable {
    let kind: Kind
    let parent: Int?
    let line: Int
    let lastLine: Int
  }

  fileprivate var shape: Shape {
    Shape(kind: kind, parent: parent, line: line, lastLine: lastLine)
  }
}
