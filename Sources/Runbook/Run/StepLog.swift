/// What a block printed, as text that can be shown anywhere: plain, secrets masked, no longer than asked for.
public struct StepLog: Sendable, Equatable {
  public let attempt: AttemptRef
  public let role: BlockRole
  public let result: BlockResult?
  /// From the beginning; empty where `tail` reaches back to it.
  public let head: [String]
  /// How many lines are left out between head and tail; nil where the log is too large to count them.
  public let omitted: Int?
  public let tail: [String]
  /// Of the whole log, in bytes.
  public let size: Int64
  /// Of a block on a group of hosts: each with the last lines that it printed there.
  public var hosts: [Host] = []
  /// Where and how it failed, where the place is known: `Deploy.md:41: npm run build: exit 1`.
  public var failure: String?
  /// The line of the note at which it failed.
  public var failedCommand: String?

  public struct Host: Sendable, Equatable {
    public let progress: HostProgress
    public let lines: [String]
  }

  public var isEmpty: Bool { head.isEmpty && tail.isEmpty }
}
