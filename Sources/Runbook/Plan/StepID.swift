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
}
