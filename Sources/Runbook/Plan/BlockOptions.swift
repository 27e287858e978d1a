/// How a block runs: its own attributes, else its step's, else the command line's, else the note's.
public struct BlockOptions: Sendable, Equatable {
  /// The deadline of one attempt.
  public var timeout: TimeLimit = .seconds(600)
  /// The longest silence.
  public var idle: TimeLimit = .none
  /// Seconds between TERM and KILL.
  public var grace: Double = 10
  /// Nil: `fallback` where the step has such a block, else `cancel`.
  public var onTimeout: TimeoutPolicy?
  /// How often it is tried again after a failure.
  public var retries = 0
  /// Seconds between two tries; nil: more from one to the next.
  public var delay: Double?
  /// Seconds from one run to the next, for monitoring; nil: it runs once.
  public var every: Double?
  /// For how many seconds it is run again and again.
  public var `for`: Double?
  public var onError: ErrorPolicy = .rollback
  public var host: String?
  public var hosts: String?
  public var forks: Int?
  public var serial: Int?
  public var cwd: Template?
  public var interpreter: Interpreter?
  /// A shell that is named without options stops at the block's first failure.
  public var isStrict = true
  public var condition: Condition?
  /// A question to answer before it runs.
  public var confirm: Template?
  /// The variable that its standard output becomes.
  public var capture: String?
  /// It gets the terminal.
  public var isInteractive = false

  public init() {}

  /// Seconds between two tries where nobody says: a server that starts is given time, and nobody waits for long.
  public static let longestPause: Double = 10

  /// Seconds to wait before the next try: as written, or 1, 2, 4, 8, and 10 from then on.
  ///
  /// - Parameter failures: in a row, from 1.
  func pause(after failures: Int) -> Double {
    delay ?? (failures > 4 ? Self.longestPause : Double(1 << max(0, failures - 1)))
  }

  /// It runs on another host.
  public var isRemote: Bool { !Self.isLocal(host) }

  /// It runs on the hosts of a group.
  public var isFleet: Bool { hosts != nil }

  public var runsElsewhere: Bool { isRemote || isFleet }

  /// Names that stand for this machine.
  public static func isLocal(_ host: String?) -> Bool { host == nil || host == "localhost" }
}
