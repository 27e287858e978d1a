/// What to do about a block that ran and whose end nobody knows. It is never run again, nor passed over, unsaid.
public enum AmbiguityPolicy: String, Sendable, Codable, CaseIterable {
  case rerun
  /// Takes it as done.
  case skip
  case rollback
}
