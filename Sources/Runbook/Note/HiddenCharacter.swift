/// Characters that nobody sees and that make code read otherwise than it runs: what Unicode calls controls of direction,
/// spaces without width, tags (see “Trojan Source”, CVE-2021-42574).
enum HiddenCharacter {
  /// - Returns: the first in the range, with its place and its name, such as `U+202E`.
  static func first(in bytes: [UInt8], _ range: Range<Int>) -> (name: String, range: Range<Int>)? {
    // None of them is ASCII.
    guard let start = bytes[range].firstIndex(where: { $0 >= 0x80 }) else { return nil }
    var offset = start
    for scalar in String(decoding: bytes[start..<range.upperBound], as: UTF8.self).unicodeScalars {
      let length = UTF8.width(scalar)
      // Bytes that are no UTF-8 have moved all that follows.
      guard scalar != "\u{FFFD}" else { return nil }
      if isHidden(scalar) { return (name(scalar), offset..<offset + length) }
      offset += length
    }
    return nil
  }

  /// `‹U+202E›` for what can't be seen, and for control characters but the tab; nil for all else.
  static func shown(_ scalar: Unicode.Scalar) -> String? {
    isHidden(scalar) || isControl(scalar) && scalar != "\t" ? "‹\(name(scalar))›" : nil
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00AD, 0x034F, 0x061C, 0x180E, 0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x206F,
      0xFEFF, 0x3164, 0xE0000...0xE007F:
      true
    default: false
    }
  }

  private static func name(_ scalar: Unicode.Scalar) -> String {
    "U+" + scalar.value.digits(4, radix: 16, uppercase: true)
  }
}
