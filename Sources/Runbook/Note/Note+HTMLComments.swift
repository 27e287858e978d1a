extension Note {
  /// The lines (0-based) of each `<!-- … -->` that is a block of its own. No reader shows what stands there, and CommonMark
  /// makes neither tasks nor fences of it.
  var htmlComments: [ClosedRange<Int>] {
    blocks.compactMap { block in
      guard block.kind == .html, let end = commentEnd(block) else { return nil }
      return block.line...max(block.line, lines.line(at: end))
    }
  }

  /// Whether a line (0-based) lies in a `<!--` that nothing ends.
  func isInOpenHTMLComment(_ line: Int) -> Bool {
    blocks.contains { block in
      block.kind == .html && block.line < line && line <= block.lastLine && isComment(block)
        && commentEnd(block) == nil
    }
  }

  private func isComment(_ block: MarkdownBlock) -> Bool {
    bytes[min(block.start, bytes.count)...].starts(with: "<!--".utf8)
  }

  private func commentEnd(_ block: MarkdownBlock) -> Int? {
    guard isComment(block) else { return nil }
    let end = lines.content(of: max(block.line, block.lastLine)).upperBound
    let sign = Array("-->".utf8)
    return (block.start..<max(block.start, end - sign.count + 1)).first { offset in
      bytes[offset...].starts(with: sign)
    }
  }
}
