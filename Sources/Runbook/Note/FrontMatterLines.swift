/// Where the front matter lies, before anything is read as YAML or Markdown.
struct FrontMatterLines {
  /// 0-based line of the closing `---`.
  let closingLine: Int
  /// The bytes between the delimiter lines.
  let content: Range<Int>

  /// Nil where the note has none. As Obsidian has it: `---` on the very first line, behind a BOM at most, and
  /// closed by `---` only.
  init?(_ bytes: [UInt8], _ lines: LineTable) {
    guard Self.isDelimiter(0, bytes, lines), lines.count > 1 else { return nil }
    var line = 1
    while line < lines.count, !Self.isDelimiter(line, bytes, lines) { line += 1 }
    guard line < lines.count else { return nil }
    closingLine = line
    content = lines.full(of: 1).lowerBound..<lines.content(of: line).lowerBound
  }

  private static func isDelimiter(_ line: Int, _ bytes: [UInt8], _ lines: LineTable) -> Bool {
    var text = lines.content(of: line)
    if line == 0, NoteText.hasPrefix("\u{FEFF}", at: 0, in: bytes) {
      text = text.lowerBound + 3..<text.upperBound
    }
    guard text.count >= 3, NoteText.hasPrefix("---", at: text.lowerBound, in: bytes) else {
      return false
    }
    // A lone CR ends a line in CommonMark, not in Obsidian's front matter.
    let ending = lines.ending(of: line)
    if ending.count == 1, bytes[ending.lowerBound] == 13 { return false }
    return NoteText.isBlank(text.lowerBound + 3..<text.upperBound, in: bytes)
  }
}
