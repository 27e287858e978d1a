/// What is known of a block: its tries, or why it is not run.
public struct BlockProgress: Sendable, Equatable {
  public struct Attempt: Sendable, Equatable {
    public let number: Int
    public let folder: String
    public let startedAt: WallTime
    public let startUptime: Double
    public var endUptime: Double?
    public var result: BlockResult?
  }

  public var attempts: [Attempt] = []
  public var skipped: String?
  /// The pause before the next try is over.
  public var isPauseOver = false
  /// Tries that failed since the last one that didn't.
  public var failuresInARow = 0
  public var successes = 0

  public init() {}

  public var last: Attempt? { attempts.last }
}
