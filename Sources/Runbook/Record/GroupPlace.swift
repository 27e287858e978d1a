/// Where a group goes on a step's line: behind its words, but before what other readers expect at the line's end.
/// Tasks reads its fields backwards and stops at the first thing that it does not know.
struct GroupPlace {
  private let bytes: [UInt8]
  private let start: Int
  private var end: Int

  /// The offset to insert at. `text` is the line behind the box, white space included.
  static func offset(in text: Range<Int>, of bytes: [UInt8]) -> Int {
    var place = GroupPlace(bytes: bytes, start: text.lowerBound, end: text.upperBound)
    place.skipLineEnd()
    while place.skipToken() {}
    return place.end
  }

  private init(bytes: [UInt8], start: Int, end: Int) {
    self.bytes = bytes
    self.start = start
    self.end = end
  }

  private mutating func trim() {
    while end > start, NoteText.isBlank(bytes[end - 1]) { end -= 1 }
  }

  /// White space, or the backslash of a hard break (an even number of them is text).
  private mutating func skipLineEnd() {
    let whole = end
    trim()
    guard end == whole else { return }
    var slashes = 0
    while end - slashes > start, bytes[end - slashes - 1] == UInt8(ascii: "\\") { slashes += 1 }
    if slashes % 2 == 1 { end -= 1 }
    trim()
  }

  /// One tag, field, block id or attribute list at the end; false where there is none.
  private mutating func skipToken() -> Bool {
    guard end > start else { return false }
    let token =
      bracketed(UInt8(ascii: "{"), UInt8(ascii: "}")) ?? field(UInt8(ascii: "["), UInt8(ascii: "]"))
      ?? field(UInt8(ascii: "("), UInt8(ascii: ")")) ?? word()
      ?? TaskFields.start(
        in: start..<end, of: bytes)
    guard let token, token == start || NoteText.isBlank(bytes[token - 1]) else { return false }
    end = token
    trim()
    skipJoint()
    return true
  }

  /// Fields that someone joined with ` · ` stay together.
  private mutating func skipJoint() {
    guard end - 4 >= start, NoteText.hasPrefix("] ·", at: end - 4, in: bytes) else { return }
    end -= 3
  }

  /// `^id` or `#tag`.
  private func word() -> Int? {
    var first = end
    while first > start, !NoteText.isBlank(bytes[first - 1]) { first -= 1 }
    let body = first + 1..<max(end, first + 1)
    guard first < end, !body.isEmpty else { return nil }
    switch bytes[first] {
    case UInt8(ascii: "^"):
      return body.allSatisfy { isLetterOrDigit(bytes[$0]) || bytes[$0] == 0x2D } ? first : nil
    case UInt8(ascii: "#"):
      let isTag = body.allSatisfy { isTagByte(bytes[$0]) }
      // A number alone is no tag: `#42` is an issue.
      return isTag && body.contains { !(0x30...0x39).contains(bytes[$0]) } ? first : nil
    default: return nil
    }
  }

  private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
  }

  private func isTagByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || isLetterOrDigit(byte) || [0x2D, 0x2F, 0x5F].contains(byte)
  }

  /// Where the bracket that closes at the end was opened.
  private func bracketed(_ open: UInt8, _ close: UInt8) -> Int? {
    guard bytes[end - 1] == close else { return nil }
    var depth = 0
    var index = end
    while index > start {
      index -= 1
      if bytes[index] == close { depth += 1 }
      if bytes[index] == open { depth -= 1 }
      if depth == 0 { return index }
    }
    return nil
  }

  /// An inline field as Dataview and Tasks write them: `[key:: value]`, `(key:: value)`.
  private func field(_ open: UInt8, _ close: UInt8) -> Int? {
    guard let first = bracketed(open, close) else { return nil }
    let colon = UInt8(ascii: ":")
    for index in first + 2..<max(end - 2, first + 2)
    where bytes[index] == colon && bytes[index + 1] == colon {
      return first
    }
    return nil
  }
}
