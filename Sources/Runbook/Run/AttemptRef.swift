/// One try of a block; 1-based.
public struct AttemptRef: Sendable, Hashable, Codable {
  public let block: BlockRef
  public let attempt: Int

  public init(_ block: BlockRef, attempt: Int) {
    self.block = block
    self.attempt = attempt
  }

  private enum CodingKeys: String, CodingKey {
    case step
    case block
    case attempt = "number"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    block = BlockRef(
      step: try container.decode(StepID.self, forKey: .step),
      index: try container.decode(Int.self, forKey: .block))
    attempt = try container.decode(Int.self, forKey: .attempt)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(block.step, forKey: .step)
    try container.encode(block.index, forKey: .block)
    try container.encode(attempt, forKey: .attempt)
  }
}
