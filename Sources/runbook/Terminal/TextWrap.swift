/// A text broken into lines of at most so many columns: at spaces, else within a word that is too long.
enum TextWrap {
  static func lines(_ text: String, width: Int) -> [String] {
    guard width > 0 else { return [] }
    if text.isSingleSpaced, DisplayWidth.of(text) <= width { return [text] }
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in text.split(separator: " ") {
      let size = DisplayWidth.of(word)
      if used > 0, used + 1 + size <= width {
        line += " " + word
        used += 1 + size
        continue
      }
      if used > 0 { lines.append(line) }
      let pieces = broken(String(word), width: width)
      lines += pieces.dropLast()
      line = pieces.last ?? ""
      used = DisplayWidth.of(line)
    }
    if used > 0 || lines.isEmpty { lines.append(line) }
    return lines
  }

  /// A line as a terminal would break it.
  static func pieces(_ line: String, width: Int) -> [String] {
    width > 0 ? broken(line, width: width) : []
  }

  /// Into how many rows a terminal breaks a line. A wide character that doesn't fit leaves a column empty.
  static func rows(of line: String, width: Int) -> Int {
    guard width > 0 else { return 1 }
    return broken(line, width: width).count
  }

  /// A character that is wider than a line is left out.
  private static func broken(_ word: String, width: Int) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var used = 0
    for character in word {
      let size = DisplayWidth.of(character)
      if size > width { continue }
      if used + size > width {
        pieces.append(piece)
        piece = ""
        used = 0
      }
      piece.append(character)
      used += size
    }
    pieces.append(piece)
    return pieces
  }
}
