/// A value that a note can be run with. Blocks get it as an environment variable, never pasted into a script.
public struct Parameter: Sendable, Equatable {
  public let name: String
  /// Nil where it is still missing.
  public let value: String?
  public let source: ParameterSource
  /// Masked wherever it would be shown.
  public let isSecret: Bool
}
