/// How many columns of a terminal a text takes.
///
/// Terminals disagree about emoji of several code points; where they do, this takes what current ones do
/// (one emoji, two columns). The painter turns automatic wrapping off, so that a terminal that thinks
/// otherwise shows a shorter line and not a broken frame.
enum DisplayWidth {
  static func of(_ text: some StringProtocol) -> Int {
    if isASCII(text) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if scalars.count == 1 { return of(first) }
    if first.properties.isEmoji, scalars.contains(where: joinsEmoji) { return 2 }
    if isRegional(first) { return 2 }
    return scalars.reduce(0) { $0 + of($1) }
  }

  static func of(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return isControl(scalar) || scalar.value == 0xAD ? 0 : 1 }
    if isZeroWidth(scalar) { return 0 }
    if scalar.properties.isEmojiPresentation { return 2 }
    return isWide(scalar.value) ? 2 : 1
  }

  /// The text, or as much of its start as fits with the ellipsis behind it.
  static func cut(_ text: String, to width: Int, ellipsis: String = "…") -> String {
    guard of(text) > width else { return text }
    return prefix(of: text, width: width - of(ellipsis)) + prefix(of: ellipsis, width: width)
  }

  /// The longest start that takes no more than so many columns.
  static func prefix(of text: String, width: Int) -> String {
    var left = width
    var end = text.startIndex
    while end < text.endIndex {
      left -= of(text[end])
      if left < 0 { break }
      end = text.index(after: end)
    }
    return String(text[..<end])
  }

  /// The text with spaces behind it (or before it) up to a width.
  static func pad(_ text: String, to width: Int, alignment: Alignment = .left) -> String {
    let spaces = String(repeating: " ", count: max(0, width - of(text)))
    return alignment == .left ? text + spaces : spaces + text
  }

  /// The text with each tab as the spaces up to the next multiple of eight columns.
  static func expandTabs(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "\t")) else { return text }
    var result = ""
    var column = 0
    for character in text {
      let width = character == "\t" ? 8 - column % 8 : of(character)
      result += character == "\t" ? String(repeating: " ", count: width) : String(character)
      column += width
    }
    return result
  }

  private static func isASCII(_ text: some StringProtocol) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
  }

  /// The emoji form of what would be text, a joiner, or a colour of skin.
  private static func joinsEmoji(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value == 0xFE0F || scalar.value == 0x200D || scalar.properties.isEmojiModifier
  }

  private static func isRegional(_ scalar: Unicode.Scalar) -> Bool {
    (0x1F1E6...0x1F1FF).contains(scalar.value)
  }

  private static func isZeroWidth(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // Vowels and finals of Hangul join the consonant before them.
    case 0x1160...0x11FF, 0xD7B0...0xD7FF: return true
    default: break
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .lineSeparator, .paragraphSeparator, .control:
      return true
    default: return false
    }
  }

  private static func isWide(_ value: UInt32) -> Bool {
    var low = 0
    var high = wide.count
    while low < high {
      let middle = (low + high) / 2
      if value > wide[middle].upperBound {
        low = middle + 1
      } else if value < wide[middle].lowerBound {
        high = middle
      } else {
        return true
      }
    }
    return false
  }

  /// East Asian Wide and Fullwidth of Unicode 15 without emoji, of which Swift knows; unassigned code
  /// points between are taken along.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x2FFF, 0x3000...0x303E, 0x3041...0x3247,
    0x3250...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x16FFF,
    0x17000...0x18CFF, 0x18D00...0x18D8F, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265, 0x20000...0x2FFFD,
    0x30000...0x3FFFD,
  ]
}
