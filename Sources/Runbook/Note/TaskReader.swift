/// Finds the task items among the blocks, by the bytes: CommonMark has no boxes.
struct TaskReader {
  let bytes: [UInt8]
  let lines: LineTable
  let blocks: [MarkdownBlock]
  let hidden: HiddenRanges

  /// The tasks, for each block the nearest task item around it, and the tasks that a comment hides.
  func read() -> (tasks: [TaskItem], nearest: [Int?], hidden: [Range<Int>]) {
    var tasks: [TaskItem] = []
    var nearest: [Int?] = []
    var hiddenTasks: [Range<Int>] = []
    nearest.reserveCapacity(blocks.count)
    for (index, block) in blocks.enumerated() {
      let around = block.parent.flatMap { nearest[$0] }
      nearest.append(around)
      guard case .item = block.kind, let box = box(ofItem: index) else { continue }
      if hidden.contains(block.start) {
        hiddenTasks.append(box.mark)
        continue
      }
      nearest[index] = tasks.count
      tasks.append(
        TaskItem(block: index, parent: around, line: block.line, mark: box.mark, text: box.text))
    }
    return (tasks, nearest, hiddenTasks)
  }

  private func box(ofItem index: Int) -> (mark: Range<Int>, text: Range<Int>)? {
    let first = index + 1
    guard first < blocks.count, blocks[first].parent == index,
      blocks[first].kind == .paragraph, blocks[first].line == blocks[index].line,
      let box = Self.box(at: blocks[first].start, in: bytes, end: lineEnd(of: first)),
      !isTableHeader(blocks[first])
    else { return nil }
    return box
  }

  private func lineEnd(of block: Int) -> Int { lines.content(of: blocks[block].line).upperBound }

  /// `[`, one character, `]`, then white space or the line's end.
  static func box(
    at start: Int, in bytes: [UInt8], end: Int
  ) -> (mark: Range<Int>, text: Range<Int>)? {
    guard start + 2 < end, bytes[start] == UInt8(ascii: "[") else { return nil }
    let mark = start + 1..<start + 1 + NoteText.characterLength(at: start + 1, in: bytes)
    guard isMark(mark, bytes) else { return nil }
    var close = mark.upperBound
    // An emoji's variation selector belongs to the character before it.
    if NoteText.hasPrefix("\u{FE0F}", at: close, in: bytes) { close += 3 }
    guard close < end, bytes[close] == UInt8(ascii: "]") else { return nil }
    var text = close + 1
    guard text == end || NoteText.isSpace(bytes[text]) else { return nil }
    while text < end, NoteText.isSpace(bytes[text]) { text += 1 }
    return (start + 1..<close, text..<end)
  }

  /// A space counts, other white space and control characters do not: nobody's editor draws those as a box.
  private static func isMark(_ mark: Range<Int>, _ bytes: [UInt8]) -> Bool {
    if mark.count == 1 {
      let byte = bytes[mark.lowerBound]
      return byte >= 0x20 && byte != 0x7F
    }
    guard let scalar = NoteText.string(mark, in: bytes).unicodeScalars.first else { return false }
    return !scalar.properties.isWhitespace
  }
}

extension TaskReader {
  /// The first line of a table: `| a | b |` over `|---|---|`.
  private func isTableHeader(_ paragraph: MarkdownBlock) -> Bool {
    guard paragraph.lastLine > paragraph.line else { return false }
    let below = NoteText.behindMarkers(lines.content(of: paragraph.line + 1), in: bytes)
    guard let columns = delimiterColumns(below) else { return false }
    let header = paragraph.start..<lines.content(of: paragraph.line).upperBound
    return cells(header).count == columns
  }

  private func delimiterColumns(_ range: Range<Int>) -> Int? {
    guard range.contains(where: { bytes[$0] == UInt8(ascii: "|") }) else { return nil }
    let cells = cells(range)
    let isRow = cells.allSatisfy { cell in
      var dashes = NoteText.trimmed(cell, in: bytes)
      if let first = dashes.first, bytes[first] == 0x3A { dashes = dashes.dropFirst() }
      if let last = dashes.last, bytes[last] == 0x3A { dashes = dashes.dropLast() }
      return !dashes.isEmpty && dashes.allSatisfy { bytes[$0] == 0x2D }
    }
    return isRow ? cells.count : nil
  }

  private func cells(_ range: Range<Int>) -> [Range<Int>] {
    var row = NoteText.trimmed(range, in: bytes)
    let pipe = UInt8(ascii: "|")
    if let first = row.first, bytes[first] == pipe { row = row.dropFirst() }
    if let last = row.last, bytes[last] == pipe { row = row.dropLast() }
    var cells: [Range<Int>] = []
    var start = row.lowerBound
    for index in row where bytes[index] == pipe && bytes[index - 1] != UInt8(ascii: "\\") {
      cells.append(start..<index)
      start = index + 1
    }
    return cells + [start..<max(start, row.upperBound)]
  }
}
