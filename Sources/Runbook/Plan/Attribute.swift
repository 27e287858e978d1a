/// An attribute as it was written, with its place in the note.
public struct Attribute: Sendable, Equatable {
  public let name: String
  /// Nil for a flag.
  public let value: String?
  /// The bytes of the note that the name takes.
  public let nameRange: Range<Int>
  /// The bytes of the value, quotes included; the name's for a flag.
  public let valueRange: Range<Int>
}
