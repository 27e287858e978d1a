extension Note {
  /// The note with a run's marks in it. `self` must be without marks (`stripping`); `strip` gives it back byte for
  /// byte. A part that can't be placed so that the rest of the note reads the same is left out, with the reason.
  public func inserting(_ marks: NoteMarks) -> Insertion { NoteInserter.insert(marks, into: self) }

  /// 0-based line of the first conflict marker that a merge left at the beginning of a line; nil where there is
  /// none. Only an opening with its end counts: `=======` underlines headings.
  public var mergeConflictLine: Int? {
    var opening: Int?
    for line in 0..<lines.count {
      let start = lines.content(of: line).lowerBound
      if opening == nil, NoteText.hasPrefix("<<<<<<< ", at: start, in: bytes) { opening = line }
      if opening != nil, NoteText.hasPrefix(">>>>>>> ", at: start, in: bytes) { return opening }
    }
    return nil
  }
}
