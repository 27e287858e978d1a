/// The parts of headings and fences, as ranges and text of the note.
struct BlockText {
  let bytes: [UInt8]
  let lines: LineTable

  func heading(_ block: MarkdownBlock, _ index: Int) -> Heading? {
    guard case .heading(let level, let isSetext) = block.kind else { return nil }
    let text = isSetext ? setextText(block) : atxText(block, level)
    return Heading(
      block: index, level: level, text: text, line: block.line, isTopLevel: block.parent == nil)
  }

  private func atxText(_ block: MarkdownBlock, _ level: Int) -> String {
    let end = lines.content(of: block.line).upperBound
    var range = NoteText.trimmed(min(block.start + level, end)..<end, in: bytes)
    let inner = range
    while let last = range.last, bytes[last] == UInt8(ascii: "#") { range = range.dropLast() }
    // Closing marks count only behind white space: `# C#` is a heading about C#.
    let isClosed = range.isEmpty || range.last.map { NoteText.isSpace(bytes[$0]) } ?? true
    return NoteText.string(NoteText.trimmed(isClosed ? range : inner, in: bytes), in: bytes)
  }

  private func setextText(_ block: MarkdownBlock) -> String {
    (block.line..<max(block.lastLine, block.line + 1)).map { line in
      let content = lines.content(of: line)
      let range =
        line == block.line
        ? block.start..<max(block.start, content.upperBound)
        : NoteText.behindMarkers(content, in: bytes)
      return NoteText.string(NoteText.trimmed(range, in: bytes), in: bytes)
    }.joined(separator: " ")
  }

  func fence(_ raw: BlockReader.RawFence, _ block: MarkdownBlock, task: Int?) -> Fence {
    let end = lines.content(of: block.line).upperBound
    var start = block.start
    while start < end, bytes[start] == bytes[block.start] { start += 1 }
    let info = NoteText.trimmed(start..<end, in: bytes)
    var word = info.lowerBound
    while word < info.upperBound, !NoteText.isSpace(bytes[word]), bytes[word] != UInt8(ascii: "{") {
      word += 1
    }
    let code = FenceCode(bytes: bytes, lines: lines, raw: raw, opening: block)
    return Fence(
      block: raw.block, task: task, line: block.line, closingLine: raw.closingLine,
      contentLines: raw.contentLines, info: info, language: info.lowerBound..<word,
      attributes: NoteText.trimmed(word..<info.upperBound, in: bytes), code: code.code,
      splitTabLines: code.splitTabLines)
  }
}
