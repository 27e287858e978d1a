/// Small questions about a note's bytes that several readers ask. `Array` is passed, never copied.
enum NoteText {
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// White space as CommonMark trims it: also VT and FF, which end no line.
  static func isBlank(_ byte: UInt8) -> Bool { isSpace(byte) || byte == 0x0B || byte == 0x0C }

  /// The range without spaces and tabs at both ends.
  static func trimmed(_ range: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
    var range = range
    while let first = range.first, isSpace(bytes[first]) { range = first + 1..<range.upperBound }
    while let last = range.last, isSpace(bytes[last]) { range = range.lowerBound..<last }
    return range
  }

  /// Nothing but spaces and tabs, as CommonMark defines a blank line.
  static func isBlank(_ range: Range<Int>, in bytes: [UInt8]) -> Bool {
    for index in range where !isSpace(bytes[index]) { return false }
    return true
  }

  /// The range behind quote marks and white space: what is left of a line without its containers, as far as
  /// that can be told from the line alone.
  static func behindMarkers(_ range: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
    var start = range.lowerBound
    while start < range.upperBound, isSpace(bytes[start]) || bytes[start] == UInt8(ascii: ">") {
      start += 1
    }
    return start..<range.upperBound
  }

  /// How many bytes the character at `offset` takes: 1 where the bytes are not valid UTF-8.
  static func characterLength(at offset: Int, in bytes: [UInt8]) -> Int {
    let length =
      switch bytes[offset] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    guard offset + length <= bytes.count else { return 1 }
    for index in offset + 1..<offset + max(length, 1) where bytes[index] & 0xC0 != 0x80 {
      return 1
    }
    return length
  }

  static func string(_ range: Range<Int>, in bytes: [UInt8]) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  static func hasPrefix(_ prefix: StaticString, at offset: Int, in bytes: [UInt8]) -> Bool {
    let length = prefix.utf8CodeUnitCount
    guard offset + length <= bytes.count else { return false }
    for index in 0..<length where bytes[offset + index] != prefix.utf8Start[index] { return false }
    return true
  }
}
