extension Note {
  /// A note's bytes without any mark of ours: the text as its author left it, byte for byte where he did not
  /// edit inside them. What can't be read as a note is returned as it is.
  ///
  /// `stripping(stripping(e)) == stripping(e)`. Taking marks away can make others visible, so it goes on until
  /// nothing changes; a note that is built to need many rounds is left alone.
  public static func stripping(_ bytes: [UInt8]) -> [UInt8] {
    guard mayHoldMarks(bytes), let note = try? Note(bytes) else { return bytes }
    return note.stripped?.bytes ?? bytes
  }

  /// The note without our marks; nil where they don't go away.
  public var stripped: Note? {
    var note = self
    for _ in 0..<8 {
      let removals = MarkFinder(note).removals
      if removals.isEmpty { return note }
      guard let next = try? Note(note.applying(removals)) else { return nil }
      note = next
    }
    return nil
  }

  /// Every mark of ours holds one of these, so that most notes need no parsing.
  private static func mayHoldMarks(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { buffer in
      for index in buffer.indices {
        switch buffer[index] {
        case UInt8(ascii: "["):
          if NoteText.hasPrefix("[at:: ", at: index, in: bytes) { return true }
        case UInt8(ascii: "|"):
          if NoteText.hasPrefix("|runbook-", at: index, in: bytes) { return true }
        case UInt8(ascii: "^"):
          if NoteText.hasPrefix("^run-", at: index, in: bytes) { return true }
        case UInt8(ascii: "r"):
          if NoteText.hasPrefix("run_id", at: index, in: bytes) { return true }
        default: continue
        }
      }
      return false
    }
  }
}
