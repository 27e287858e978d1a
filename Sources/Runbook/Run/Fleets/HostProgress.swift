/// What is known of one host in an attempt at a block on a group of them.
public struct HostProgress: Sendable, Equatable {
  public let host: String
  public internal(set) var startedAt: WallTime?
  public internal(set) var endedAt: WallTime?
  public internal(set) var result: BlockResult?
  /// Where its part of the attempt's log is, in bytes.
  public internal(set) var log: Range<Int64>?

  init(host: String) { self.host = host }

  /// Something of the block may have run there.
  public var hasBegun: Bool { startedAt != nil && result?.hasRun != false }
  public var isSuccess: Bool { result?.isSuccess == true }
}
