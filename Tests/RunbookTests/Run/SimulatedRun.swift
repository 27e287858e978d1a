@testable import Runbook

/// A runner without a world: asks `decide`, does what it says to a `SimulatedWorld`, writes down what happened.
struct SimulatedRun {
  enum End: Equatable, CustomStringConvertible {
    case ended(Outcome)
    case paused(String)
    case crashed
    case stuck(String)

    var description: String {
      switch self {
      case .ended(let outcome): "\(outcome.rawValue), exit status \(outcome.exitStatus)"
      case .paused(let reason): "paused: \(reason), exit status 75"
      case .crashed: "crashed"
      case .stuck(let why): "STUCK: \(why)"
      }
    }
  }

  /// Where the runner dies: just after an event is on disk, or just before the next one is.
  enum Crash: Equatable {
    case after(Int)
    case before(Int)
  }

  private struct Death: Error {}

  let world: SimulatedWorld
  var options = RunOptions()
  var canAsk = false
  var crash: Crash?
  var events: [RunEvent] = []
  var state = RunState()
  var transcript: [String] = []
  var keepsTranscript = true
  private var paused: String?

  var plan: Plan { world.plan }
  var margin: Double { canAsk ? options.questionSeconds + 2 : 0.5 }
  var onAmbiguous: AmbiguityPolicy?

  /// A later rollback, from where a run ended.
  let undoing: Undoing?

  init(
    _ world: SimulatedWorld, journal: [RunEvent] = [], undoing: Undoing? = nil,
    origin: RunState = RunState()
  ) {
    self.world = world
    self.undoing = undoing
    events = journal
    state = journal.reduce(into: origin) { $0.apply($1) }
  }

  mutating func run() -> End {
    do {
      if events.isEmpty { try record(.runStarted(header)) }
      try takeOver()
      while state.outcome == nil, paused == nil {
        guard events.count < 200_000 else { return .stuck("no end in sight") }
        let actions = decide(plan, state)
        if actions.isEmpty { return .stuck("nothing to do, and no end") }
        for action in actions { if let end = try perform(action) { return end } }
      }
    } catch {
      return .crashed
    }
    if let outcome = state.outcome {
      return decide(plan, state).isEmpty ? .ended(outcome) : .stuck("goes on after the end")
    }
    return .paused(paused ?? "")
  }

  private mutating func takeOver() throws {
    try record(
      .runner(RunnerInfo(pid: 1, bootID: "boot", canAsk: canAsk, onAmbiguous: onAmbiguous)))
    renewLimits()
  }

  private func renewLimits() {
    guard let running = state.running, running.stopping == nil,
      let options = plan.block(running.attempt.block)?.options
    else { return }
    if running.isUnlimited { return world.setDeadline(running.attempt, .infinity) }
    guard let limit = running.extensionSeconds ?? options.timeout.seconds else { return }
    world.setDeadline(
      running.attempt, max(0, running.deadlineFrom + limit - world.now) + margin)
  }

  private var header: RunHeader {
    let header = Self.header(options)
    guard let undoing, let id = RunID("20260822-101500-00aa") else { return header }
    return header.undone(undoing, as: id, user: "bob", machine: "laptop", version: "1")
  }

  static func header(_ options: RunOptions, note: String = "/vault/Note.md") -> RunHeader {
    RunHeader(
      id: RunID("20260821-140210-7f3a") ?? RunID(at: moment(0), random: 0),
      note: note, file: "Note.md",
      title: "Note", section: nil, digest: "d", user: "ana", machine: "laptop", version: "1",
      parameters: [], options: options, folder: "/work", commit: nil)
  }

  static func moment(_ uptime: Double) -> WallTime {
    WallTime(milliseconds: 1_787_313_730_000 + Int64((uptime * 1000).rounded()), offset: 7200)
  }

  // MARK: Doing

  private mutating func record(_ kind: RunEvent.Kind) throws {
    let event = RunEvent(
      number: events.count + 1, at: Self.moment(world.now), uptime: world.now,
      kind: SecretMask.none.mask(kind))
    if crash == .before(event.number) { throw Death() }
    events.append(event)
    // A signal that is in the journal does not come again.
    if case .cancelRequested = kind {
      world.interruptsLeft.removeFirst()
      world.interruptMoment = nil
    }
    state.apply(event)
    if keepsTranscript { transcript.append(TranscriptLine(world).event(event)) }
    if crash == .after(event.number) { throw Death() }
  }

  private mutating func perform(_ action: Action) throws -> End? {
    if keepsTranscript, let line = TranscriptLine(world).action(action) { transcript.append(line) }
    switch action {
    case .record(let kind): try record(kind)
    case .evaluate(let condition, let subject):
      try record(
        .evaluated(
          RunEvent.Evaluated(subject: subject, holds: condition.holds { world.values[$0] })))
    case .start(let attempt): try start(attempt)
    case .stop(let attempt, let reason, let isImmediate):
      try record(
        .stopping(
          RunEvent.Stopping(attempt: attempt, reason: reason, isImmediate: isImmediate)))
      world.stop(attempt, isImmediate: isImmediate)
    case .extend(let attempt, let seconds, let isSilence):
      try record(
        .extended(RunEvent.Extended(attempt: attempt, seconds: seconds, isSilence: isSilence)))
      renewLimits()
    case .ask(let question):
      try record(.asked(question))
      renewLimits()
    case .leave:
      // The runner that comes has no terminal.
      canAsk = false
      try takeOver()
    case .wait(let wait): return try self.wait(wait)
    case .pause(let step, let reason):
      try record(.paused(RunEvent.Paused(step: step, reason: reason)))
      paused = reason
    }
    return nil
  }

  private mutating func start(_ attempt: AttemptRef) throws {
    guard let block = plan.block(attempt.block) else { return }
    if world.script(attempt.block).end == .missing {
      var result = BlockResult(took: 0)
      result.problem = "no such program"
      result.hasRun = false
      let kind = RunEvent.Kind.blockEnded(RunEvent.BlockEnded(attempt: attempt, result: result))
      if crash != .before(events.count + 1) { world.runs[attempt.block, default: 0] += 1 }
      return try record(kind)
    }
    try record(
      .blockStarted(
        RunEvent.BlockStarted(
          attempt: attempt, role: block.role, folder: "f\(events.count)",
          process: StepProcess(pid: 2, startTime: 3, bootID: "boot"))))
    world.openGate(attempt, margin)
  }

  // MARK: Waiting

  private mutating func wait(_ wait: Action.Wait) throws -> End? {
    var moments: [(Double, (inout SimulatedRun) throws -> Void)] = []
    if let interrupt = world.interruptsLeft.first, names(wait).contains(interrupt) {
      let moment = world.interruptMoment ?? world.now + 0.5
      world.interruptMoment = moment
      moments.append(
        (
          moment,
          { try $0.record(.cancelRequested(RunEvent.CancelRequested(by: "SIGINT"))) }
        ))
    }
    if let attempt = wait.attempt {
      if let process = world.processes[attempt] {
        if let end = process.end { moments.append((end, { try $0.end(attempt) })) }
      } else {
        moments.append((world.now, { try $0.end(attempt) }))
      }
    }
    moments += questionMoments(wait)
    moments += limits(wait)
    if let pause = wait.pause {
      moments.append((pause.until, { try $0.record(.pauseEnded(pause.block)) }))
    }
    guard let first = moments.min(by: { $0.0 < $1.0 }) else {
      return .stuck("waits for nothing: \(names(wait))")
    }
    world.now = max(world.now, first.0)
    try first.1(&self)
    return nil
  }

  private func questionMoments(
    _ wait: Action.Wait
  ) -> [(Double, (inout SimulatedRun) throws -> Void)] {
    guard let topic = wait.question, let open = state.questions[topic] else { return [] }
    var moments: [(Double, (inout SimulatedRun) throws -> Void)] = []
    if let choice = world.answer(to: open.question) {
      moments.append(
        (
          max(world.now, open.asked + 2),
          {
            try $0.record(
              .answered(RunEvent.Answered(topic: topic, answer: Answer(choice, by: "ana"))))
          }
        ))
    }
    if let deadline = wait.questionDeadline {
      moments.append(
        (
          deadline,
          { try $0.record(.answered(RunEvent.Answered(topic: topic, answer: Answer(.none)))) }
        ))
    }
    return moments
  }

  private func limits(_ wait: Action.Wait) -> [(Double, (inout SimulatedRun) throws -> Void)] {
    guard let attempt = wait.attempt, let running = state.running else { return [] }
    var moments: [(Double, (inout SimulatedRun) throws -> Void)] = []
    if let deadline = wait.deadline {
      moments.append(
        (
          deadline,
          { try $0.record(.overdue(RunEvent.Overdue(attempt: attempt, isSilence: false))) }
        ))
    }
    if let idle = wait.idle {
      moments.append(
        (
          running.silentFrom + idle,
          { try $0.record(.overdue(RunEvent.Overdue(attempt: attempt, isSilence: true))) }
        ))
    }
    return moments
  }

  /// By which an interruption says when it comes.
  private func names(_ wait: Action.Wait) -> [String] {
    var names: [String] = []
    if let attempt = wait.attempt, world.processes[attempt] != nil {
      names += [world.name(attempt.block), "run \(world.log.count)"]
      if state.running?.stopping != nil { names.append("stopping") }
      if state.departures > 0 { names.append("left behind") }
    }
    if let topic = wait.question { names.append("question \(topic.kind.rawValue)") }
    if wait.pause != nil { names.append("pause") }
    return names
  }

  private mutating func end(_ attempt: AttemptRef) throws {
    guard let result = world.result(attempt, stopping: state.running?.stopping) else { return }
    if result.isSuccess, let name = plan.block(attempt.block)?.options.capture {
      let value = world.processes[attempt]?.script.output ?? ""
      world.values[name] = value
      try record(.captured(RunEvent.Captured(name: name, bytes: value.utf8.count)))
    }
    try record(.blockEnded(RunEvent.BlockEnded(attempt: attempt, result: result)))
  }
}
