/// What is known of a block: its tries, or why it is not run.
public struct BlockProgress: Sendable, Equatable {
  public struct Attempt: Sendable, Equatable {
    public let number: Int
    public internal(set) var folder: String
    public let startedAt: WallTime
    public let startUptime: Double
    public var endUptime: Double?
    public var result: BlockResult?
    /// Deadlines and silences that it was given another of.
    public var rounds = 0
    /// Of a block on a group of hosts.
    public internal(set) var hosts: [HostProgress] = []
    /// What was decided where its end is unknown.
    public var ambiguity: AmbiguityPolicy?
  }

  public var attempts: [Attempt] = []
  public var skipped: String?
  /// It was to run all the same, and counts as failed.
  public var isRefused = false
  /// The pause before the next try is over.
  public var isPauseOver = false
  /// Tries that failed since the last one that didn't.
  public var failuresInARow = 0
  public var successes = 0
  /// The run was gone on with since, and the block is run again whatever became of it.
  var isReopened = false
  /// The first of the tries that count.
  var firstTry = 0

  public init() {}

  public var last: Attempt? { attempts.last }
  /// There is nothing of it that counts.
  var isFresh: Bool { isReopened || attempts.isEmpty && skipped == nil }

  mutating func reopen() {
    (skipped, isRefused, isPauseOver) = (nil, false, false)
    (failuresInARow, firstTry) = (0, attempts.count)
    isReopened = true
  }

  mutating func skip(_ value: RunEvent.BlockSkipped) {
    isReopened = false
    skipped = value.reason
    isRefused = value.isRefusal
  }

  mutating func end(_ value: RunEvent.BlockEnded, _ event: RunEvent) {
    if last?.number != value.attempt.attempt {
      // It ended before it began: there was no program, or no folder, to start it with.
      attempts.append(
        Attempt(
          number: value.attempt.attempt, folder: "", startedAt: event.at,
          startUptime: event.uptime))
    }
    isPauseOver = false
    isReopened = false
    attempts[attempts.count - 1].endUptime = event.uptime
    attempts[attempts.count - 1].result = value.result
    if value.result.isVoid { return }
    if value.result.isSuccess {
      successes += 1
      failuresInARow = 0
    } else {
      failuresInARow += 1
    }
  }
}
