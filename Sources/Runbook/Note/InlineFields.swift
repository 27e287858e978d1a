/// Dataview's inline fields: `[key:: value]` and `(key:: value)`.
enum InlineFields {
  /// Where the field that ends at the end of `range` begins; nil where none does.
  static func start(endingAt range: Range<Int>, in bytes: [UInt8]) -> Int? {
    guard let last = bytes[range].last, let opening = opening(for: last) else { return nil }
    var depth = 0
    for index in range.suffix(512).reversed() {
      if bytes[index] == last { depth += 1 }
      if bytes[index] == opening { depth -= 1 }
      if depth == 0 {
        return isField(bytes[(index + 1)..<(range.upperBound - 1)]) ? index : nil
      }
    }
    return nil
  }

  private static func opening(for closing: UInt8) -> UInt8? {
    switch closing {
    case UInt8(ascii: "]"): UInt8(ascii: "[")
    case UInt8(ascii: ")"): UInt8(ascii: "(")
    default: nil
    }
  }

  private static func isField(_ inner: ArraySlice<UInt8>) -> Bool {
    guard let colon = inner.firstIndex(of: UInt8(ascii: ":")), colon > inner.startIndex,
      inner.index(after: colon) < inner.endIndex, inner[colon + 1] == UInt8(ascii: ":")
    else { return false }
    return inner[..<colon].allSatisfy {
      $0 == UInt8(ascii: " ") || $0 >= 0x80
        || TaskFields.isNameByte($0)
    }
  }

  /// A text without inline fields and, if so wished, tags; white space folded.
  static func removed(from text: String, keepsTags: Bool = false) -> String {
    if text.isSingleSpaced, !text.utf8.contains(where: mayBegin) { return text }
    var result: [UInt8] = []
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      if let end = fieldEnd(from: index, in: bytes) {
        index = end
        continue
      }
      result.append(bytes[index])
      index += 1
    }
    let words = String(decoding: result, as: UTF8.self)
      .split(whereSeparator: { $0 == " " || $0 == "\t" })
    return words.filter { $0 != "·" && (keepsTags || !TaskFields.isTag(String($0))) }
      .joined(separator: " ")
  }

  /// Whether a byte may begin what is removed; the last is that of `·` in UTF-8.
  private static func mayBegin(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: "#"), UInt8(ascii: "\t"), 0xC2: true
    default: false
    }
  }

  /// The end of a field that begins at `index`. Looks no further than a field can reach, so that a line of
  /// opening brackets stays linear.
  private static func fieldEnd(from index: Int, in bytes: [UInt8]) -> Int? {
    let closing: UInt8
    switch bytes[index] {
    case UInt8(ascii: "["): closing = UInt8(ascii: "]")
    case UInt8(ascii: "("): closing = UInt8(ascii: ")")
    default: return nil
    }
    let limit = min(bytes.count, index + 512)
    guard let end = bytes[index..<limit].firstIndex(of: closing),
      isField(bytes[(index + 1)..<end])
    else { return nil }
    return end + 1
  }
}
