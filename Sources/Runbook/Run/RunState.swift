/// What is known of a run: the fold of its events so far, and nothing else.
public struct RunState: Sendable, Equatable {
  public internal(set) var header: RunHeader?
  public internal(set) var startedAt: WallTime?
  /// Of the last event.
  public internal(set) var lastNumber = 0
  public internal(set) var uptime: Double = 0
  public internal(set) var lastAt: WallTime?
  public internal(set) var runner: RunnerInfo?
  /// The run's clock when that runner took over.
  public internal(set) var runnerUptime: Double = 0
  /// Times in which no runner carried the run.
  public internal(set) var interruptions: [Interruption] = []
  /// Times in which a host could not be reached while a block ran there.
  public internal(set) var gaps: [Gap] = []
  /// Times in which the machine slept.
  public internal(set) var suspensions: [Interruption] = []
  public internal(set) var steps: [StepID: StepProgress] = [:]
  public internal(set) var blocks: [BlockRef: BlockProgress] = [:]
  /// Steps that were entered and have not ended, outermost first, each with the number of its ended children.
  public internal(set) var open: [OpenStep] = []
  /// Steps at top level that have ended.
  public internal(set) var endedRoots = 0
  /// What became of blocks in the runs that a later rollback comes from.
  public internal(set) var earlier: [BlockRef: BlockProgress] = [:]
  /// The try that runs now.
  public internal(set) var running: RunningAttempt?
  /// Steps of which a block ran that may have to be undone, in the order of their start; a step around them
  /// before them.
  public internal(set) var begun: [StepID] = []
  /// What was to be stopped on the way forward and lives on.
  public internal(set) var survivors: [NamedProcess] = []
  public internal(set) var conditions: [RunEvent.Evaluated.Subject: Bool] = [:]
  public internal(set) var questions: [Question.Topic: QuestionProgress] = [:]
  /// The captured names, with the size of their values in bytes.
  public internal(set) var captures: [String: Int] = [:]
  public internal(set) var cancelRequests = 0
  /// How many of those came while something was undone or cleaned up.
  public internal(set) var cancelRequestsAtEnd = 0
  public internal(set) var failure: Failure?
  public internal(set) var rollback: RollbackProgress?
  public internal(set) var isFinishing = false
  public internal(set) var hasWarnings = false
  public internal(set) var warnings: [String] = []
  /// The journal took nothing more at some point, so that nobody can go on with this run.
  public internal(set) var isUnrecorded = false
  public internal(set) var paused: RunEvent.Paused?
  /// The runner is about to leave the run to another one.
  public internal(set) var isLeaving = false
  /// How many times a person wanted that.
  public internal(set) var departures = 0
  /// Times in which all that the run did was wait for a person.
  public internal(set) var waits: [Wait] = []
  /// Not nil: one of those goes on.
  public internal(set) var waiting: Wait?
  /// Their sum before that one, in seconds.
  var waited = 0.0
  /// Questions without an answer.
  public internal(set) var standing: [Question.Topic] = []
  /// The question about the time of the try that runs, where one stands.
  public internal(set) var openTimeout: Question.Topic?
  public internal(set) var outcome: Outcome?
  /// How it had ended before, each time that it was gone on with.
  public internal(set) var reopenings: [Reopened] = []
  public internal(set) var endedAt: WallTime?
  /// The note's changes so far; each may have left a file beside it.
  public internal(set) var swaps: [WriteIntent] = []
  /// Note and record have the run as it ended.
  public internal(set) var isRecorded = false

  /// The tries at a block, also of the runs that a later rollback comes from.
  func allAttempts(at block: BlockRef) -> [BlockProgress.Attempt] {
    (earlier[block]?.attempts ?? []) + (blocks[block]?.attempts ?? [])
  }

  /// The program's; nil while the run goes on.
  public var exitStatus: Int32? {
    // What was asked for was done.
    if header?.undoes != nil, outcome == .rolledBack { return 0 }
    return outcome?.exitStatus
  }

  public init() {}

  /// The state after a run of events.
  public init(_ events: some Sequence<RunEvent>) {
    for event in events { apply(event) }
  }

  public struct Interruption: Sendable, Equatable {
    public let from: WallTime
    public let to: WallTime
  }

  public struct Gap: Sendable, Equatable {
    public let host: String
    public let from: WallTime
    /// Nil: the connection did not come back.
    public var to: WallTime?
  }

  /// What another clock reading of zero would be for this run: within one boot the time that passed without a
  /// runner counts, since blocks ran on in it; over a reboot nobody knows it.
  func epoch(at reading: Double, bootID: String) -> Double {
    if let runner, runner.bootID == bootID, runner.clock > 0 { return runner.clock - runnerUptime }
    return reading - uptime
  }

  public struct OpenStep: Sendable, Equatable, Codable {
    public let step: StepID
    public var endedChildren = 0
    /// A child, or a block of its own, failed and was let pass.
    public var hasWarning = false
  }

  public struct RunningAttempt: Sendable, Equatable {
    public let attempt: AttemptRef
    public let role: BlockRole
    public internal(set) var folder: String
    public internal(set) var process: StepProcess
    /// The name of its first folder, which it keeps on a host.
    public let origin: String
    /// How often another supervisor had to follow it.
    public internal(set) var followers = 0
    /// How much of what its follower says of the connection is in the journal, in lines.
    public internal(set) var linkNews = 0
    /// By the run's clock; the deadline counts from the last extension.
    public var deadlineFrom: Double
    /// Elsewhere: it is known to run there.
    public var hasBegunThere = false
    public var extensions = 0
    /// Deadlines and silences that are over and settled; each one asks anew.
    public var rounds = 0
    public var extensionSeconds: Double?
    /// A person let it go on in the background: neither its deadline nor its silence counts any more.
    public var isUnlimited = false
    /// Since when its silence counts at the earliest, by the run's clock.
    public var silentFrom: Double
    public var isOverdue = false
    public var isSilent = false
    public var stopping: StopReason?
    /// By the runner that carries the run now.
    public var isStopPassedOn = false
    public var isStoppedAtOnce = false
  }

  public struct QuestionProgress: Sendable, Equatable {
    public let question: Question
    /// By the run's clock.
    public let asked: Double
    public var answer: Answer?
  }

  public struct RollbackProgress: Sendable, Equatable {
    public let steps: [StepID]
    /// When the one that is being undone had its turn, by the run's clock.
    public var since: Double
    public var done = 0
    public var hasFailed = false
    public var isAbandoned = false
  }
}
