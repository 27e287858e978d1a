/// One try of a block; 1-based.
public struct AttemptRef: Sendable, Hashable, Codable {
  public let block: BlockRef
  public let attempt: Int

  public init(_ block: BlockRef, attempt: Int) {
    self.block = block
    self.attempt = attempt
  }
}
