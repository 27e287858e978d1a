/// The state of a git repository when the run began.
public struct Commit: Sendable, Codable, Equatable {
  /// Abbreviated.
  public let id: String
  /// Tracked files were changed.
  public let isDirty: Bool

  public init(id: String, isDirty: Bool) {
    self.id = id
    self.isDirty = isDirty
  }
}
