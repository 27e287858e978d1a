/// Pieces of text up to a size in all. A record that outgrew `Note.sizeLimit` could not be read as a note.
struct BoundedText {
  let kept: [String]
  /// How many pieces had no room.
  let left: Int

  init(_ pieces: some Sequence<String>, limit: Int) {
    var kept: [String] = []
    var size = 0
    var left = 0
    for piece in pieces {
      size += piece.utf8.count + 2
      if size <= limit { kept.append(piece) } else { left += 1 }
    }
    self.kept = kept
    self.left = left
  }

  func joined(_ separator: String, rest: (Int) -> String) -> String {
    kept.joined(separator: separator) + (left > 0 ? "\n\n" + rest(left) : "")
  }
}
