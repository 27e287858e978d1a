/// When a block runs.
public enum BlockRole: String, Sendable, Codable, CaseIterable {
  /// In the order of the note.
  case run
  /// To undo its step.
  case rollback
  /// Instead of a block of its step that timed out.
  case fallback
  /// First; exit 0 means that the step is already done.
  case doneIf = "done-if"
  /// Once, at the very end of the run.
  case always

  /// It does the step's work, or finds out whether that is needed.
  var isForward: Bool { self == .run || self == .fallback || self == .doneIf }
}
