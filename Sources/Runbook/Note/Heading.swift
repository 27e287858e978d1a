/// A heading at the top level of the note, or in a container.
public struct Heading: Sendable, Equatable {
  /// Index in `Note.blocks`.
  public let block: Int
  public let level: Int
  /// The text between the marks, trimmed, as written.
  public let text: String
  /// 0-based.
  public let line: Int
  /// Not inside a quote, list or other container.
  public let isTopLevel: Bool
}
