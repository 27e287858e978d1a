/// A version of a note with the marks of a run in it.
struct MarkedVersion {
  let note: Note
  let marks: NoteMarks
  private let run: String

  /// Nil where it has no marks, or those of two runs, of which nobody knows which belongs to what.
  init?(_ bytes: [UInt8]) {
    guard let note = try? Note(bytes) else { return nil }
    let own = note.ownMarks
    guard own.runs.count == 1, !own.hasTwoRuns, let run = own.runs.first else { return nil }
    self.note = note
    self.run = run
    marks = NoteMarks(readingFrom: note)
  }

  func isEarlier(than other: MarkedVersion) -> Bool { (began, run) < (other.began, other.run) }

  /// When its run began, in milliseconds since 1970. By the head of the run log, which has the zone: ids of old have
  /// only the local time of their machine.
  private var began: Int64 {
    Self.moment(String((marks.region?.title ?? "").prefix(26))) ?? RunID(run)?.moment ?? 0
  }

  /// Of `2026-08-21 14:02:10 +02:00`.
  private static func moment(_ text: String) -> Int64? {
    let words = text.split(separator: " ")
    guard words.count == 3 else { return nil }
    return WallTime(text: "\(words[0])T\(words[1]).000\(words[2])")?.milliseconds
  }
}
