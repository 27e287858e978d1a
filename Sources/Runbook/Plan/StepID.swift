/// What a step is known by, in the journal, the note and on the command line: its `^block-id`, else its heading
/// path, its parents' texts and its own. Never a line or a number, since people edit notes while they run.
public struct StepID: Sendable, Hashable, Codable, CustomStringConvertible {
  public let text: String

  public init(_ text: String) { self.text = text }

  public init(from decoder: any Decoder) throws {
    text = try decoder.singleValueContainer().decode(String.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  public var description: String { text }

  /// That of a step of an embedded note: where the note is embedded, and which of its steps it is.
  func inside(_ outer: StepID?) -> StepID {
    outer.map { StepID("\($0.text)\(Self.within)\(text)") } ?? self
  }

  /// Whether it ends in this `^block-id` of an embedded note.
  func ends(inBlock id: String) -> Bool { text.hasSuffix("\(Self.within)^\(id)") }

  /// Its `^block-id`, or that in the embedded note, without the `^`.
  public var block: String? {
    guard let caret = text.lastIndex(of: "^"), caret != text.index(before: text.endIndex),
      caret == text.startIndex || text[..<caret].hasSuffix(Self.within)
    else { return nil }
    return String(text[text.index(after: caret)...])
  }

  private static let within = " › "
}
