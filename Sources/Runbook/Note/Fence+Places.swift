extension Fence {
  /// Where in the note a piece of the code is, as far as it is on its first line: indentation and marks of what is around
  /// the fence stand in front of each line, and are no part of the code.
  func place(ofCode range: Range<Int>, in note: Note) -> Range<Int> {
    let before = code[..<range.lowerBound]
    let line = contentLines.lowerBound + before.count { $0 == 10 }
    guard contentLines.contains(line) else { return note.lines.content(of: self.line) }
    let start = before.lastIndex(of: 10).map { $0 + 1 } ?? 0
    let end = code[range.lowerBound...].firstIndex(of: 10) ?? code.count
    let content = note.lines.content(of: line)
    // The same text from the back.
    let first = max(content.lowerBound, content.upperBound - (end - start))
    let lower = min(first + range.lowerBound - start, content.upperBound)
    return lower..<max(lower, min(lower + range.count, content.upperBound))
  }
}
