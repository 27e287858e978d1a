/// The emoji fields of Obsidian's Tasks plugin, and tags, as far as a line's end has to be told from its words.
enum TaskFields {
  private enum Value {
    case none, date, word, words
  }

  private static let fields: [(mark: [UInt8], value: Value)] =
    ["🔺", "⏫", "🔼", "🔽", "⏬"].map { (Array($0.utf8), Value.none) }
    + ["📅", "📆", "🗓", "⏳", "⌛", "🛫", "✅", "➕", "❌"].map { (Array($0.utf8), Value.date) }
    + ["🏁", "🆔"].map { (Array($0.utf8), Value.word) }
    + ["🔁", "⛔"].map { (Array($0.utf8), Value.words) }

  /// A field's value is short: bounds the search for its mark.
  private static let longest = 160

  /// Where the field begins that ends at the range's end; nil where there is none.
  static func start(in range: Range<Int>, of bytes: [UInt8]) -> Int? {
    var index = range.upperBound - 3
    let limit = max(range.lowerBound, range.upperBound - longest)
    while index >= limit {
      if bytes[index] >= 0xE2, let value = value(at: index, before: range.upperBound, in: bytes) {
        return value ? index : nil
      }
      index -= 1
    }
    return nil
  }

  /// Nil where no mark stands here; else whether what follows it, to the end, is its value.
  private static func value(at start: Int, before end: Int, in bytes: [UInt8]) -> Bool? {
    guard let field = fields.first(where: { bytes[start..<end].starts(with: $0.mark) }) else {
      return nil
    }
    var index = start + field.mark.count
    // The variation selector that some keyboards add.
    if index + 3 <= end, NoteText.hasPrefix("\u{FE0F}", at: index, in: bytes) { index += 3 }
    let text = bytes[NoteText.trimmed(index..<end, in: bytes)]
    switch field.value {
    case .none: return text.isEmpty
    case .date: return ItemGroupGrammar.matches(text, "0000-00-00")
    case .word: return !text.isEmpty && text.allSatisfy(isNameByte)
    case .words:
      return !text.isEmpty && text.allSatisfy { isNameByte($0) || [0x20, 0x2C, 0x21].contains($0) }
    }
  }

  /// `#tag`: a letter somewhere, so that `#12` stays text.
  static func isTag(_ word: String) -> Bool {
    guard word.utf8.first == UInt8(ascii: "#"), word.utf8.count > 1 else { return false }
    let name = word.dropFirst()
    return name.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
        || $0.properties.isEmoji || "_-/".unicodeScalars.contains($0)
    } && !name.allSatisfy(\.isNumber)
  }

  static func isNameByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x2D
      || byte == 0x5F
  }
}
