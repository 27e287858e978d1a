/// A block of a step: the step's identity and the block's place among its blocks.
public struct BlockRef: Sendable, Hashable, Codable {
  public let step: StepID
  /// 0-based, over all roles, in the order of the note.
  public let index: Int

  private enum CodingKeys: String, CodingKey {
    case step
    case index = "block"
  }

  public init(step: StepID, index: Int) {
    self.step = step
    self.index = index
  }
}
