/// Turns what cmark reports into blocks with ranges that hold, computed from the note's own bytes.
struct BlockReader {
  let bytes: [UInt8]
  let lines: LineTable
  let bom: Int
  private(set) var blocks: [MarkdownBlock] = []
  /// The code blocks that are fences: index of the block, its code, and its content and closing lines.
  private(set) var fences: [RawFence] = []

  struct RawFence {
    let block: Int
    let code: [UInt8]
    let contentLines: Range<Int>
    let closingLine: Int?
  }

  init(bytes: [UInt8], lines: LineTable, raw: [RawBlock]) {
    self.bytes = bytes
    self.lines = lines
    bom = NoteText.hasPrefix("\u{FEFF}", at: 0, in: bytes) ? 3 : 0
    read(raw)
  }

  private mutating func read(_ raw: [RawBlock]) {
    blocks.reserveCapacity(raw.count)
    var ends = raw.map(\.line)
    for (index, block) in raw.enumerated() {
      // A block that starts beyond the last line can't be; cmark's numbers must never make us crash.
      let line = min(max(block.line, 0), lines.count - 1)
      let full = lines.full(of: line)
      let start = min(full.lowerBound + block.column + (line == 0 ? bom : 0), full.upperBound)
      let nextLeaf = nextLeafLine(after: index, in: raw)
      let (kind, end) = describe(block, at: start, line, nextLeaf, index)
      ends[index] = min(max(end, line), lines.count - 1)
      blocks.append(
        MarkdownBlock(
          kind: kind, parent: block.parent, start: start, line: line, lastLine: ends[index]))
    }
    widenContainers(&ends)
  }

  /// A container ends where its last child does. Children come after their container, so one walk from the
  /// back is enough.
  private mutating func widenContainers(_ ends: inout [Int]) {
    for index in blocks.indices.reversed() {
      let block = blocks[index]
      if ends[index] != block.lastLine {
        blocks[index] = MarkdownBlock(
          kind: block.kind, parent: block.parent, start: block.start, line: block.line,
          lastLine: ends[index])
      }
      if let parent = block.parent { ends[parent] = max(ends[parent], ends[index]) }
    }
  }

  /// The line of the next block that holds text itself.
  private func nextLeafLine(after index: Int, in raw: [RawBlock]) -> Int? {
    guard case .code = raw[index].kind else { return nil }
    for next in raw[(index + 1)...] {
      switch next.kind {
      case .quote, .list, .item: continue
      default: return next.line
      }
    }
    return nil
  }

  private mutating func describe(
    _ block: RawBlock, at start: Int, _ line: Int, _ nextLeaf: Int?, _ index: Int
  ) -> (MarkdownBlock.Kind, Int) {
    switch block.kind {
    case .quote: return (.quote, line)
    case .list(let isOrdered): return (.list(isOrdered: isOrdered), line)
    case .item: return (.item, line)
    case .thematicBreak: return (.thematicBreak, line)
    case .paragraph: return (.paragraph, lastTextLine(from: line, to: block.endLine))
    case .html:
      return (.html, lastTextLine(from: line, to: line + block.literalLines - 1))
    case .heading(let level):
      let isSetext = !isATX(at: start, level: level)
      let end = isSetext ? underline(from: line, to: block.endLine) : line
      return (.heading(level: level, isSetext: isSetext), end)
    case .code(let hasInfo):
      guard isFence(block, hasInfo: hasInfo, at: start, line) else {
        return (.indentedCode, line + block.literalLines - 1)
      }
      let fence = fence(block, at: start, line, nextLeaf, index)
      fences.append(fence)
      return (.fence, fence.closingLine ?? fence.contentLines.upperBound - 1)
    }
  }

  private func lastTextLine(from line: Int, to end: Int) -> Int {
    var end = min(max(end, line), lines.count - 1)
    while end > line, NoteText.isBlank(lines.content(of: end), in: bytes) { end -= 1 }
    return end
  }

  private func isATX(at start: Int, level: Int) -> Bool {
    var index = start
    while index < bytes.count, bytes[index] == UInt8(ascii: "#") { index += 1 }
    guard index - start == level else { return false }
    guard index < bytes.count else { return true }
    return NoteText.isSpace(bytes[index]) || bytes[index] == 10 || bytes[index] == 13
  }

  /// cmark ends a setext heading at the line that follows it, or at its underline where nothing follows.
  private func underline(from line: Int, to end: Int) -> Int {
    let end = min(max(end, line + 1), lines.count - 1)
    return end - 1 > line && isUnderline(end - 1) ? end - 1 : end
  }

  private func isUnderline(_ line: Int) -> Bool {
    let text = NoteText.trimmed(
      NoteText.behindMarkers(lines.content(of: line), in: bytes), in: bytes)
    guard let first = text.first, bytes[first] == UInt8(ascii: "=") || bytes[first] == 0x2D else {
      return false
    }
    return text.allSatisfy { bytes[$0] == bytes[first] }
  }

  /// cmark has no accessor for this. Indented code can begin with backticks too, but then its literal repeats
  /// the line, which a fence without info can't: that would close it.
  private func isFence(_ block: RawBlock, hasInfo: Bool, at start: Int, _ line: Int) -> Bool {
    if hasInfo { return true }
    let end = lines.content(of: line).upperBound
    guard start < end, fenceLength(at: start) >= 3 else { return false }
    let source = bytes[start..<end]
    return !block.code.prefix { $0 != 10 }.elementsEqual(source)
  }

  private func fenceLength(at start: Int) -> Int {
    let mark = bytes[start]
    guard mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return 0 }
    var index = start
    while index < bytes.count, bytes[index] == mark { index += 1 }
    return index - start
  }

  private func fence(
    _ block: RawBlock, at start: Int, _ line: Int, _ nextLeaf: Int?, _ index: Int
  ) -> RawFence {
    let end = min(line + 1 + block.literalLines, lines.count)
    let isClosed = end < lines.count && nextLeaf != end && isCloser(end, of: start)
    return RawFence(
      block: index, code: block.code, contentLines: line + 1..<end,
      closingLine: isClosed ? end : nil)
  }

  private func isCloser(_ line: Int, of start: Int) -> Bool {
    let text = NoteText.trimmed(
      NoteText.behindMarkers(lines.content(of: line), in: bytes), in: bytes)
    return text.count >= fenceLength(at: start) && text.allSatisfy { bytes[$0] == bytes[start] }
  }
}
