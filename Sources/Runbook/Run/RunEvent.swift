/// Something that happened in a run. Journal, terminal, note and `--json` are four readers of the same events.
public struct RunEvent: Sendable, Equatable {
  /// Of the journal's form; a reader refuses a higher one.
  public static let version = 1

  /// From 1, without gaps.
  public let number: Int
  public let at: WallTime
  /// Seconds awake since the run began.
  public let uptime: Double
  public let kind: Kind

  public init(number: Int, at: WallTime, uptime: Double, kind: Masked<Kind>) {
    self.init(number: number, at: at, uptime: uptime, written: kind.value)
  }

  /// - Parameter kind: as a journal has it: masked when it was written.
  init(number: Int, at: WallTime, uptime: Double, written kind: Kind) {
    self.number = number
    self.at = at
    // Whole microseconds, as the journal has them: what is live and what is read back must decide the same.
    self.uptime = (uptime * 1_000_000).rounded() / 1_000_000
    self.kind = kind
  }

  public enum Kind: Sendable, Equatable {
    case runStarted(RunHeader)
    /// A runner has taken the run over; the first one too.
    case runner(RunnerInfo)
    case stepStarted(StepStarted)
    case stepEnded(StepEnded)
    case evaluated(Evaluated)
    case blockStarted(BlockStarted)
    /// A block elsewhere has begun there, on the first host of a group: its time counts from here.
    case blockBegan(BlockBegan)
    /// Another supervisor follows a block that runs on a host; the one before is gone.
    case blockFollowed(BlockFollowed)
    /// The connection to the host of the block that runs was lost, or is there again.
    case link(Link)
    /// A block on a group of hosts is about to begin on one of them.
    case hostStarted(HostStarted)
    case hostEnded(HostEnded)
    /// A block reached its deadline, or was silent for too long.
    case overdue(Overdue)
    case extended(Extended)
    /// Written before the first signal, so that a stop that is interrupted goes on as that stop.
    case stopping(Stopping)
    case blockEnded(BlockEnded)
    /// A block of the plan that is not run.
    case blockSkipped(BlockSkipped)
    case captured(Captured)
    /// A pause before a block's next try is over.
    case pauseEnded(BlockRef)
    case asked(Question)
    case answered(Answered)
    /// What was asked about is over: the block ended, or prints again.
    case withdrawn(Question.Topic)
    /// What to do about a block whose end is unknown.
    case ambiguitySettled(AmbiguitySettled)
    /// A person wants the run to go on without this terminal.
    case leaving
    case cancelRequested(CancelRequested)
    case failed(Failure)
    case rollbackStarted(RollbackStarted)
    case stepRolledBack(StepRolledBack)
    /// A second interruption ended the rollback.
    case rollbackAbandoned
    /// Only the `always` blocks are left.
    case finishing
    /// The run needs a person and ends for now.
    case paused(Paused)
    /// The machine slept while this runner carried the run.
    case suspended(Suspended)
    /// Something that whoever reads the record should know.
    case warned(Warned)
    case runEnded(RunEnded)
    /// A run that had failed, or was stopped, is gone on with.
    case reopened(Reopened)
    /// The note is about to change places with a file beside it; a recovery may find either.
    case noteSwap(WriteIntent)
    /// The ended run stands in the note and in its record; until then a later runner has that to do.
    case recorded
  }

  public struct StepStarted: Sendable, Equatable, Codable {
    public let step: StepID
  }

  public struct StepEnded: Sendable, Equatable, Codable {
    public let step: StepID
    public let result: StepResult
    public let exit: Int?
    public let reason: String?
    /// Seconds awake; nil where it never started.
    public let took: Double?
  }

  public struct Evaluated: Sendable, Equatable {
    public enum Subject: Sendable, Equatable, Hashable {
      case step(StepID)
      case block(BlockRef)
    }

    public let subject: Subject
    public let holds: Bool
  }

  public struct BlockStarted: Sendable, Equatable, Codable {
    public let attempt: AttemptRef
    public let role: BlockRole
    /// The name of its folder in the run's folder.
    public let folder: String
    public let process: StepProcess
    /// Those that it is for, where it runs on a group of hosts.
    public var hosts: [String]?
  }

  public struct BlockBegan: Sendable, Equatable, Codable {
    public let attempt: AttemptRef
  }

  public struct HostStarted: Sendable, Equatable, Codable {
    public let attempt: AttemptRef
    public let host: String
  }

  public struct HostEnded: Sendable, Equatable, Codable {
    public let attempt: AttemptRef
    public let host: String
    public let result: BlockResult
    /// Where its part of the attempt's log begins and ends, in bytes.
    public let logStart: Int64
    public let logEnd: Int64
  }

  public struct BlockFollowed: Sendable, Equatable, Codable {
    public let attempt: AttemptRef
    public let folder: String
    public let process: StepProcess
  }

  public struct Link: Sendable, Equatable, Codable {
    public let attempt: AttemptRef
    public let host: String
    public let isUp: Bool
    /// Why it was lost.
    public let reason: String
  }

  public struct Overdue: Sendable, Equatable, Codable {
    public let attempt: AttemptRef
    public let isSilence: Bool
  }

  public struct Extended: Sendable, Equatable, Codable {
    public let attempt: AttemptRef
    /// Nil: no limit ends it any more.
    public let seconds: Double?
    /// It may be silent for so long once more; its deadline stays.
    public let isSilence: Bool
  }

  public struct Stopping: Sendable, Equatable, Codable {
    public let attempt: AttemptRef
    public let reason: StopReason
    public let isImmediate: Bool
  }

  public struct BlockEnded: Sendable, Equatable, Codable {
    public let attempt: AttemptRef
    public let result: BlockResult
  }

  public struct BlockSkipped: Sendable, Equatable, Codable {
    public let block: BlockRef
    public let reason: String
    /// It should run, and nobody confirmed it, say; false where it need not.
    public let isRefusal: Bool
  }

  public struct Captured: Sendable, Equatable, Codable {
    public let name: String
    /// The value itself is in the run's `values` file only.
    public let bytes: Int
  }

  public struct Answered: Sendable, Equatable, Codable {
    public let topic: Question.Topic
    public let answer: Answer
  }

  public struct AmbiguitySettled: Sendable, Equatable, Codable {
    public let attempt: AttemptRef
    public let choice: AmbiguityPolicy
    /// For whoever reads the record.
    public let text: String
  }

  public struct CancelRequested: Sendable, Equatable, Codable {
    /// `SIGINT`, `SIGTERM`, …
    public let by: String
  }

  public struct RollbackStarted: Sendable, Equatable, Codable {
    /// Those that have something to undo, in the order in which it is undone.
    public let steps: [StepID]
  }

  public struct StepRolledBack: Sendable, Equatable, Codable {
    public let step: StepID
    public let isComplete: Bool
  }

  public struct Paused: Sendable, Equatable, Codable {
    public let step: StepID
    public let reason: String
  }

  public struct Suspended: Sendable, Equatable, Codable {
    public let seconds: Double
  }

  public struct Warned: Sendable, Equatable, Codable {
    public let text: String
    /// From here on the journal takes nothing more: the run can't be gone on with.
    public var endsJournal: Bool?
  }

  public struct Reopened: Sendable, Equatable, Codable {
    public let by: String
    /// Where it goes on; nil: all steps had ended.
    public let step: StepID?
    /// The steps that it goes on within, outermost first.
    public let open: [RunState.OpenStep]
    public let endedRoots: Int
    /// Those whose end counts no more.
    public let steps: [StepID]
    /// Those that are run again.
    public let blocks: [BlockRef]
    /// Those whose answers count no more.
    public let questions: [Question.Topic]
  }

  public struct RunEnded: Sendable, Equatable, Codable {
    public let outcome: Outcome
  }
}
