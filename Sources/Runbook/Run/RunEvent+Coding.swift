/// One flat JSON object an event: `{"v":1,"n":3,"at":"…","up":0.2,"event":"step-started","step":"^build"}`.
extension RunEvent: Codable {
  private enum Key: String, CodingKey {
    case version = "v"
    case number = "n"
    case at
    case uptime = "up"
    case event
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Self.version, forKey: .version)
    try container.encode(number, forKey: .number)
    try container.encode(at, forKey: .at)
    try container.encode(uptime, forKey: .uptime)
    try container.encode(kind.name, forKey: .event)
    try kind.payload?.encode(to: encoder)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let version = try container.decode(Int.self, forKey: .version)
    guard version <= Self.version else {
      throw DecodingError.dataCorruptedError(
        forKey: .version, in: container,
        debugDescription: "the journal was written by a newer runbook (form \(version))")
    }
    self.init(
      number: try container.decode(Int.self, forKey: .number),
      at: try container.decode(WallTime.self, forKey: .at),
      uptime: try container.decode(Double.self, forKey: .uptime),
      written: try Kind(named: try container.decode(EventName.self, forKey: .event), from: decoder))
  }
}

/// The names of events in journals and `--json`.
enum EventName: String, Codable, CaseIterable {
  case runStarted = "run-started"
  case runner
  case stepStarted = "step-started"
  case stepEnded = "step-ended"
  case evaluated
  case blockStarted = "block-started"
  case blockBegan = "block-began"
  case blockFollowed = "block-followed"
  case link
  case hostStarted = "host-started"
  case hostEnded = "host-ended"
  case overdue
  case extended
  case stopping
  case blockEnded = "block-ended"
  case blockSkipped = "block-skipped"
  case captured
  case pauseEnded = "pause-ended"
  case asked
  case answered
  case withdrawn
  case ambiguitySettled = "ambiguity-settled"
  case leaving
  case cancelRequested = "cancel-requested"
  case failed
  case rollbackStarted = "rollback-started"
  case stepRolledBack = "step-rolled-back"
  case rollbackAbandoned = "rollback-abandoned"
  case finishing
  case paused
  case suspended
  case warned
  case runEnded = "run-ended"
  case reopened
  case noteSwap = "note-swap"
  case recorded
}

extension RunEvent.Kind {
  fileprivate var name: EventName { entry.0 }
  fileprivate var payload: (any Encodable)? { entry.1 }

  /// Flat by kind; the reason for its length is the number of kinds.
  private var entry: (EventName, (any Encodable)?) {
    switch self {
    case .runStarted(let value): (.runStarted, value)
    case .runner(let value): (.runner, value)
    case .stepStarted(let value): (.stepStarted, value)
    case .stepEnded(let value): (.stepEnded, value)
    case .evaluated(let value): (.evaluated, value)
    case .blockStarted(let value): (.blockStarted, value)
    case .blockBegan(let value): (.blockBegan, value)
    case .blockFollowed(let value): (.blockFollowed, value)
    case .link(let value): (.link, value)
    case .hostStarted(let value): (.hostStarted, value)
    case .hostEnded(let value): (.hostEnded, value)
    case .overdue(let value): (.overdue, value)
    case .extended(let value): (.extended, value)
    case .stopping(let value): (.stopping, value)
    case .blockEnded(let value): (.blockEnded, value)
    case .blockSkipped(let value): (.blockSkipped, value)
    case .captured(let value): (.captured, value)
    case .pauseEnded(let value): (.pauseEnded, value)
    case .asked(let value): (.asked, value)
    case .answered(let value): (.answered, value)
    case .withdrawn(let value): (.withdrawn, value)
    case .ambiguitySettled(let value): (.ambiguitySettled, value)
    case .leaving: (.leaving, nil)
    case .cancelRequested(let value): (.cancelRequested, value)
    case .failed(let value): (.failed, value)
    case .rollbackStarted(let value): (.rollbackStarted, value)
    case .stepRolledBack(let value): (.stepRolledBack, value)
    case .rollbackAbandoned: (.rollbackAbandoned, nil)
    case .finishing: (.finishing, nil)
    case .paused(let value): (.paused, value)
    case .suspended(let value): (.suspended, value)
    case .warned(let value): (.warned, value)
    case .runEnded(let value): (.runEnded, value)
    case .reopened(let value): (.reopened, value)
    case .noteSwap(let value): (.noteSwap, value)
    case .recorded: (.recorded, nil)
    }
  }

  fileprivate init(named name: EventName, from decoder: any Decoder) throws {
    switch name {
    case .runStarted: self = .runStarted(try RunHeader(from: decoder))
    case .runner: self = .runner(try RunnerInfo(from: decoder))
    case .stepStarted: self = .stepStarted(try RunEvent.StepStarted(from: decoder))
    case .stepEnded: self = .stepEnded(try RunEvent.StepEnded(from: decoder))
    case .evaluated: self = .evaluated(try RunEvent.Evaluated(from: decoder))
    case .blockStarted: self = .blockStarted(try RunEvent.BlockStarted(from: decoder))
    case .blockBegan: self = .blockBegan(try RunEvent.BlockBegan(from: decoder))
    case .blockFollowed: self = .blockFollowed(try RunEvent.BlockFollowed(from: decoder))
    case .link: self = .link(try RunEvent.Link(from: decoder))
    case .hostStarted: self = .hostStarted(try RunEvent.HostStarted(from: decoder))
    case .hostEnded: self = .hostEnded(try RunEvent.HostEnded(from: decoder))
    case .overdue: self = .overdue(try RunEvent.Overdue(from: decoder))
    case .extended: self = .extended(try RunEvent.Extended(from: decoder))
    case .stopping: self = .stopping(try RunEvent.Stopping(from: decoder))
    case .blockEnded: self = .blockEnded(try RunEvent.BlockEnded(from: decoder))
    case .blockSkipped: self = .blockSkipped(try RunEvent.BlockSkipped(from: decoder))
    case .captured: self = .captured(try RunEvent.Captured(from: decoder))
    case .pauseEnded: self = .pauseEnded(try BlockRef(from: decoder))
    case .asked: self = .asked(try Question(from: decoder))
    case .answered: self = .answered(try RunEvent.Answered(from: decoder))
    case .withdrawn: self = .withdrawn(try Question.Topic(from: decoder))
    case .ambiguitySettled:
      self = .ambiguitySettled(try RunEvent.AmbiguitySettled(from: decoder))
    case .leaving: self = .leaving
    case .cancelRequested: self = .cancelRequested(try RunEvent.CancelRequested(from: decoder))
    case .failed: self = .failed(try Failure(from: decoder))
    case .rollbackStarted: self = .rollbackStarted(try RunEvent.RollbackStarted(from: decoder))
    case .stepRolledBack: self = .stepRolledBack(try RunEvent.StepRolledBack(from: decoder))
    case .rollbackAbandoned: self = .rollbackAbandoned
    case .finishing: self = .finishing
    case .paused: self = .paused(try RunEvent.Paused(from: decoder))
    case .suspended: self = .suspended(try RunEvent.Suspended(from: decoder))
    case .warned: self = .warned(try RunEvent.Warned(from: decoder))
    case .runEnded: self = .runEnded(try RunEvent.RunEnded(from: decoder))
    case .reopened: self = .reopened(try RunEvent.Reopened(from: decoder))
    case .noteSwap: self = .noteSwap(try WriteIntent(from: decoder))
    case .recorded: self = .recorded
    }
  }
}
