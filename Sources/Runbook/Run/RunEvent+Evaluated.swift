/// Flat: `"step":"^build"`, with `"block":0` where it is a block's condition.
extension RunEvent.Evaluated: Codable {
  private enum Key: String, CodingKey {
    case step
    case block
    case holds
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let step = try container.decode(StepID.self, forKey: .step)
    let block = try container.decodeIfPresent(Int.self, forKey: .block)
    subject = block.map { .block(BlockRef(step: step, index: $0)) } ?? .step(step)
    holds = try container.decode(Bool.self, forKey: .holds)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch subject {
    case .step(let step): try container.encode(step, forKey: .step)
    case .block(let block):
      try container.encode(block.step, forKey: .step)
      try container.encode(block.index, forKey: .block)
    }
    try container.encode(holds, forKey: .holds)
  }
}
