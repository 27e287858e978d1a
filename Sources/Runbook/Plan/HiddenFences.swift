/// Finds lines that look like the beginning of a code block and are none: what was meant to run would be skipped
/// in silence.
struct HiddenFences {
  private let note: Note
  private let selection: SectionSelection
  private var lineIsCode: [Bool]
  private var lineIsHTML: [Bool]
  private var taskOfLine: [Int?]

  init(_ note: Note, _ selection: SectionSelection) {
    self.note = note
    self.selection = selection
    lineIsCode = [Bool](repeating: false, count: note.lines.count)
    lineIsHTML = lineIsCode
    taskOfLine = [Int?](repeating: nil, count: note.lines.count)
    for fence in note.fences {
      let last = fence.closingLine ?? fence.contentLines.upperBound - 1
      mark(fence.line, last)
    }
    for comment in note.comments {
      mark(note.lines.line(at: comment.lowerBound), note.lines.line(at: comment.upperBound))
    }
    for comment in note.htmlComments { mark(comment.lowerBound, comment.upperBound) }
    for block in note.blocks where block.kind == .html {
      for line in block.line...max(block.line, block.lastLine) { lineIsHTML[line] = true }
    }
    for task in note.tasks {
      taskOfLine[task.line] = task.block
    }
    spreadTasks()
  }

  private mutating func mark(_ first: Int, _ last: Int) {
    guard first <= last else { return }
    for line in first...min(last, lineIsCode.count - 1) { lineIsCode[line] = true }
  }

  /// Each line of an item, from its box to its end, is the item's; one pass, since items nest.
  private mutating func spreadTasks() {
    var open: [Int] = []
    for line in taskOfLine.indices {
      while let last = open.last, note.blocks[last].lastLine < line { open.removeLast() }
      if let block = taskOfLine[line] { open.append(block) } else { taskOfLine[line] = open.last }
    }
  }

  func refuse(_ problems: inout DiagnosticCollector) {
    var told: Set<Int> = []
    for line in note.bodyLine..<note.lines.count where !lineIsCode[line] && selection.contains(line)
    {
      guard let range = fenceMarks(on: line), told.insert(taskOfLine[line] ?? -line).inserted
      else { continue }
      problems.error(
        "this looks like a code block and is none", at: range,
        fix: fix(line))
    }
  }

  private func fix(_ line: Int) -> String {
    if note.isInOpenHTMLComment(line) { return "end the comment above with -->" }
    if lineIsHTML[line] { return "put a blank line above it: within HTML it is not read" }
    if taskOfLine[line] == nil || isTaskLine(line) {
      return "put the backticks on a line of their own"
    }
    return "indent the backticks as far as the step's text, a blank line above them"
  }

  /// In a step any backticks will do; elsewhere only those in front of a language that runs.
  private func fenceMarks(on line: Int) -> Range<Int>? {
    let content = note.lines.content(of: line)
    var start = content.lowerBound
    while start < content.upperBound, Self.mayPrecedeFence(note.bytes[start]) { start += 1 }
    guard start + 3 <= content.upperBound else { return nil }
    if isTaskLine(line), let marks = marksAtEnd(of: content) { return marks }
    let first = note.bytes[start]
    guard first == UInt8(ascii: "`") || first == UInt8(ascii: "~") else { return nil }
    var end = start
    while end < content.upperBound, note.bytes[end] == first { end += 1 }
    guard end - start >= 3 else { return nil }
    let rest = note.bytes[end..<content.upperBound]
    // Backticks further on make it code within a line.
    guard first == UInt8(ascii: "~") || !rest.contains(first) else { return nil }
    let word = String(decoding: rest.drop { $0 == 0x20 || $0 == UInt8(ascii: "{") }, as: UTF8.self)
      .lowercased().prefix { $0.isLetter || $0.isNumber }
    guard Interpreter.known[String(word)] != nil || (taskOfLine[line] != nil && !isTaskLine(line))
    else { return nil }
    return start..<content.trimmed(in: note.bytes).upperBound
  }

  /// `- [ ] Build: ```bash` begins no block.
  private func marksAtEnd(of content: Range<Int>) -> Range<Int>? {
    let text = content.trimmed(in: note.bytes)
    guard let last = text.last(where: { note.bytes[$0] == UInt8(ascii: "`") }),
      last >= text.lowerBound + 2,
      note.bytes[(last - 2)...last].allSatisfy({ $0 == UInt8(ascii: "`") }),
      note.bytes[text].count(where: { $0 == UInt8(ascii: "`") }) == 3
    else { return nil }
    let word = String(decoding: note.bytes[(last + 1)..<text.upperBound], as: UTF8.self)
      .lowercased().prefix { $0.isLetter || $0.isNumber }
    return Interpreter.known[String(word)] == nil ? nil : (last - 2)..<text.upperBound
  }

  private func isTaskLine(_ line: Int) -> Bool {
    taskOfLine[line].map { note.blocks[$0].line == line } ?? false
  }

  private static func mayPrecedeFence(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: ">")
  }
}
