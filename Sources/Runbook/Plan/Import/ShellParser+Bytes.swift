extension ShellParser {
  var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  func isAt(_ text: String) -> Bool { bytes[index...].starts(with: text.utf8) }

  static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == 9 }

  static func endsWord(_ byte: UInt8) -> Bool {
    byte == 10 || isSpace(byte) || Array(";&|()<>".utf8).contains(byte)
  }

  /// Spaces, and line ends behind a backslash.
  mutating func skipSpace() {
    while let byte = peek {
      if Self.isSpace(byte) {
        index += 1
      } else if byte == UInt8(ascii: "\\"), index + 1 < bytes.count, bytes[index + 1] == 10 {
        index += 2
      } else {
        return
      }
    }
  }

  /// The bytes up to the next that ends a word; for reserved words, which are never quoted.
  var nextWord: String {
    var end = index
    while end < bytes.count, !Self.endsWord(bytes[end]) { end += 1 }
    return end - index > 12 ? "" : String(decoding: bytes[index..<end], as: UTF8.self)
  }

  mutating func skipWord() {
    while let byte = peek, !Self.endsWord(byte) { index += 1 }
  }

  mutating func takeName() -> String {
    let start = index
    skipWord()
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  mutating func expect(_ sign: String) throws(Problem) {
    guard isAt(sign) else { throw Problem(message: "“\(sign)” is missing", offset: index) }
    index += sign.utf8.count
  }

  mutating func expectWord(_ word: String) throws(Problem) {
    guard nextWord == word else { throw Problem(message: "“\(word)” is missing", offset: index) }
    skipWord()
  }

  mutating func skip(to quote: UInt8, from start: Int) throws(Problem) {
    guard let end = bytes[(index + 1)...].firstIndex(of: quote) else {
      throw Problem(message: "a quote is not closed", offset: start)
    }
    index = end + 1
  }
}
