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

extension Attribute {
  /// Another name for the bytes of its own; nil where that one stands in quotes, as in a JSON object.
  func renamed(_ name: String?) -> String? {
    nameRange.count == self.name.utf8.count ? name : nil
  }

  /// Another value for the bytes of its own; nil where that one stands in quotes, or would have to.
  func revalued(_ value: String?) -> String? {
    guard let value, valueRange.count == self.value?.utf8.count,
      !value.utf8.contains(where: { " \"'{},".utf8.contains($0) })
    else { return nil }
    return value
  }
}
