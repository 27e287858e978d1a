extension Note {
  /// The note's bytes with replacements made. They must be sorted and must not overlap; of two at the same
  /// offset the first comes first.
  public func applying(_ splices: [Splice]) -> [UInt8] { Splice.apply(splices, to: bytes) }

  /// The text of a range, invalid UTF-8 repaired.
  public func text(_ range: Range<Int>) -> String { NoteText.string(range, in: bytes) }

  /// Where an offset is, counted from 1, as people and editors count. The column is in characters (Unicode
  /// scalars) of its line; a BOM is none.
  public func position(of offset: Int) -> (line: Int, column: Int) {
    let offset = min(max(offset, 0), bytes.count)
    let line = lines.line(at: offset)
    var start = lines.content(of: line).lowerBound
    if line == 0, offset >= 3, NoteText.hasPrefix("\u{FEFF}", at: 0, in: bytes) { start = 3 }
    var column = 1
    while start < offset {
      start += NoteText.characterLength(at: start, in: bytes)
      column += start <= offset ? 1 : 0
    }
    return (line + 1, column)
  }
}

extension Splice {
  static func apply(_ splices: [Splice], to bytes: [UInt8]) -> [UInt8] {
    guard !splices.isEmpty else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(splices.reduce(bytes.count) { $0 + $1.replacement.count })
    var done = 0
    for splice in splices {
      let start = max(splice.range.lowerBound, done)
      result.append(contentsOf: bytes[done..<start])
      result.append(contentsOf: splice.replacement)
      done = max(splice.range.upperBound, start)
    }
    result.append(contentsOf: bytes[done...])
    return result
  }
}
