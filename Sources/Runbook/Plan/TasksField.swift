/// The marks that the Tasks plugin keeps at the end of a task: dates, recurrence, priority, ids; and tags.
enum TasksField {
  /// `#tag`: a letter somewhere, so that `#12` stays text.
  static func isTag(_ word: String) -> Bool {
    guard word.utf8.first == UInt8(ascii: "#"), word.utf8.count > 1 else { return false }
    let name = word.dropFirst()
    return name.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
        || $0.properties.isEmoji || "_-/".unicodeScalars.contains($0)
    } && !name.allSatisfy(\.isNumber)
  }

  static func isPriority(_ word: String) -> Bool {
    hasSign(word.utf8) && priorities.contains(withoutSelector(word))
  }

  /// Where a field such as `📅 2026-01-01` or `🔁 every week` begins whose value reaches the end of `body`.
  static func start(in bytes: [UInt8], before body: Range<Int>) -> Int? {
    // No field is longer, and a line of thousands of them stays linear.
    let text = bytes[body].suffix(200)
    guard hasSign(text) else { return nil }
    var best: Int?
    for sign in signs {
      guard let start = lastOccurrence(of: sign.bytes, in: text) else { continue }
      let value = String(
        decoding: bytes[(start + sign.bytes.count)..<body.upperBound], as: UTF8.self)
      guard sign.fits(value), start > best ?? -1 else { continue }
      best = start
    }
    return best
  }

  /// Whether there is anything but ASCII, which no sign is.
  private static func hasSign(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.contains { $0 >= 0x80 }
  }

  private struct Sign {
    let bytes: [UInt8]
    /// One word, or (recurrence) any words.
    let isPhrase: Bool

    func fits(_ value: String) -> Bool {
      let words = TasksField.withoutSelector(value).split(separator: " ")
      return isPhrase ? true : words.count <= 1
    }
  }

  private static let signs: [Sign] =
    ["📅", "📆", "🗓", "⏳", "⌛", "🛫", "✅", "❌", "➕", "🆔", "⛔", "🏁"].map {
      Sign(bytes: Array($0.utf8), isPhrase: false)
    } + [Sign(bytes: Array("🔁".utf8), isPhrase: true)]

  private static let priorities: Set<String> = ["⏫", "🔼", "🔽", "⏬", "🔺"]

  private static func withoutSelector(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\u{FE0F}" }))
  }

  private static func lastOccurrence(of needle: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
    guard text.count >= needle.count else { return nil }
    var index = text.endIndex - needle.count
    while index >= text.startIndex {
      if text[index] == needle[0], text[index..<(index + needle.count)].elementsEqual(needle) {
        return index
      }
      index -= 1
    }
    return nil
  }
}
