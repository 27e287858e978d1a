/// Tells whether a text holds pieces of a group of ours: wrapped over lines, or with a part deleted.
enum TornGroup {
  static func isTorn(_ text: [UInt8]) -> Bool {
    guard text.contains(UInt8(ascii: "[")) else { return false }
    if !GroupReducer.groups(in: text.indices, of: text).isEmpty { return true }
    for index in text.indices where text[index] == UInt8(ascii: "]") {
      guard let (_, start) = ItemGroupGrammar.part(endingAt: index + 1, in: text) else { continue }
      // One field alone can be the user's; joined as we join them it was ours.
      if NoteText.hasPrefix(" ·", at: index + 1, in: text) { return true }
      if start >= 4, NoteText.hasPrefix("· ", at: start - 3, in: text) { return true }
    }
    return false
  }
}
