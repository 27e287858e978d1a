/// What happens when a block has failed for good and nobody answers, or nobody can.
public enum ErrorPolicy: String, Sendable, Codable, CaseIterable {
  /// Undo what was done, newest first.
  case rollback
  /// Leave everything as it is.
  case stop
  /// Go on; the run ends with a warning.
  case `continue`
}
