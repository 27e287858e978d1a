/// Characters that nobody sees and that make code read otherwise than it runs: what Unicode calls controls of direction,
/// spaces without width, tags, fillers (see “Trojan Source”, CVE-2021-42574).
enum HiddenCharacter {
  /// - Returns: the first in the range, with its place and its name, such as `U+202E`.
  static func first(in bytes: [UInt8], _ range: Range<Int>) -> (name: String, range: Range<Int>)? {
    // None of them is ASCII.
    guard let start = bytes[range].firstIndex(where: { $0 >= 0x80 }) else { return nil }
    var offset = start
    var previous = start > range.lowerBound ? Unicode.Scalar(bytes[start - 1]) : nil
    for scalar in String(decoding: bytes[start..<range.upperBound], as: UTF8.self).unicodeScalars {
      let length = UTF8.width(scalar)
      // Bytes that are no UTF-8 have moved all that follows.
      guard scalar != "\u{FFFD}" else { return nil }
      if isHidden(scalar, after: previous) { return (name(scalar), offset..<offset + length) }
      offset += length
      previous = scalar
    }
    return nil
  }

  /// `‹U+202E›` for what can't be seen, and for control characters but the tab; nil for all else.
  ///
  /// - Parameter previous: the character before it; nil at the beginning of a text. Joiners and variation selectors are
  ///   seen by what they do to it, in emoji and in scripts that need them; behind a Latin letter they do nothing.
  static func shown(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> String? {
    isHidden(scalar, after: previous) || isControl(scalar) && scalar != "\t"
      ? "‹\(name(scalar))›" : nil
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
  }

  private static func isHidden(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> Bool {
    switch scalar.value {
    case 0..<0xAD: return false
    case 0x200C, 0x200D: return previous?.isASCII ?? true
    case 0xFE00...0xFE0F: return previous.map { $0.isASCII && !isKeycap($0) } ?? true
    default: break
    }
    let properties = scalar.properties
    if properties.isDefaultIgnorableCodePoint { return true }
    switch properties.generalCategory {
    case .lineSeparator, .paragraphSeparator: return true
    case .format: return !PlainText.isVisibleFormat(scalar)
    default: return false
    }
  }

  /// Emoji are made of these too.
  private static func isKeycap(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.numericType != nil || scalar == "#" || scalar == "*"
  }

  private static func name(_ scalar: Unicode.Scalar) -> String {
    "U+" + scalar.value.digits(4, radix: 16, uppercase: true)
  }
}
