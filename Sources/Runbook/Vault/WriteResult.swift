/// What became of a write.
public struct WriteResult: Sendable, Equatable {
  public enum Outcome: Sendable, Equatable {
    /// The note already says so; nothing was written.
    case unchanged
    case written(SwapMethod)
    /// Others wrote into the note at every try: it has their bytes, and the new ones are not in it.
    case contended
  }

  public enum SwapMethod: String, Sendable, Codable {
    /// Compare and swap.
    case exchange
    /// The file system has no exchange: compared, renamed over, compared. What another program saves within that
    /// moment is lost, so write at pauses only, and say it.
    case rename
  }

  public internal(set) var outcome: Outcome
  /// Names of the files made beside the note because somebody's bytes could not be merged into it.
  public internal(set) var conflictCopies: [String] = []
  /// Of those, the ones that say nothing new: another program has the file open for writing that was the note, and
  /// what it writes from now on shall stand where it is seen.
  public internal(set) var openCopies: [String] = []
  /// Replaced files that another program still has open for writing. They stand as dot-files beside the note and are
  /// looked at again by each later write, and by `NoteWriter.finish`.
  public internal(set) var heldOpen: Int = 0
}
