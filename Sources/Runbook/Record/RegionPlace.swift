/// Where a note's run log goes: under its last `## Run log`, else at its end.
struct RegionPlace {
  /// The offset to insert at: behind the last line that isn't blank.
  let offset: Int
  /// 0-based; nil in a note without text.
  let line: Int?
  let lineEnding: [UInt8]

  init(_ note: Note) {
    let line = Self.lastTextLine(note, before: Self.sectionEnd(note)) ?? nil
    self.line = line
    offset = line.map { note.lines.content(of: $0).upperBound } ?? 0
    lineEnding = Self.lineEnding(note, line)
  }

  /// The line that the section's text ends before.
  private static func sectionEnd(_ note: Note) -> Int {
    let top = note.headings.filter(\.isTopLevel)
    let log = top.lastIndex { heading in
      heading.level == 2 && heading.text == "Run log" && !isSetext(heading, note)
    }
    guard let log, let next = top[(log + 1)...].first(where: { $0.level <= 2 }) else {
      return note.lines.count
    }
    // What is put directly above a setext heading would become part of its text.
    let isDirect = lastTextLine(note, before: next.line) == next.line - 1
    return isSetext(next, note) && isDirect ? note.lines.count : next.line
  }

  private static func isSetext(_ heading: Heading, _ note: Note) -> Bool {
    if case .heading(_, let isSetext) = note.blocks[heading.block].kind { isSetext } else { false }
  }

  private static func lastTextLine(_ note: Note, before end: Int) -> Int? {
    var line = end - 1
    while line >= 0, NoteText.isBlank(note.lines.content(of: line), in: note.bytes) { line -= 1 }
    return line >= 0 ? line : nil
  }

  private static func lineEnding(_ note: Note, _ line: Int?) -> [UInt8] {
    for candidate in [line ?? 0, (line ?? 0) - 1] where candidate >= 0 {
      let ending = note.lines.ending(of: candidate)
      if !ending.isEmpty { return Array(note.bytes[ending]) }
    }
    return [0x0A]
  }
}
