/// Carries a run: asks `decide` what to do, does it, writes down what happened, and asks again.
public final class Runner {
  /// What a run needs of the world.
  public struct World {
    public var clock: any RunClock
    public var signals: SignalQueue
    public var front: any RunFront
    /// The path of `runbook-step`.
    public var supervisor: String
    /// The login environment that blocks inherit.
    public var environment: [String: String]
    public var vault: String
    /// It was started in a terminal: a hangup means that this is gone, and not that the run is to be cancelled.
    public var hasTerminal = false
    /// No terminal, and none to come: the runner waits for answers from elsewhere, and TERM ends it alone.
    public var isDetached = false
    /// Where a person can answer by a tick; nil: the note is not written to.
    public var boxes: NoteBoxes?
    /// How blocks on other hosts are reached; nil: there are none.
    public var hosts: HostConnections?
    /// How blocks on groups of hosts are; nil: there are none.
    public var fleets: FleetAccess?
    /// The command line of what stands in here for a block elsewhere; the attempt's folder comes behind.
    public var follower: [String] = []
    /// What to do about a block whose end is unknown; nil: a person is asked.
    public var onAmbiguous: AmbiguityPolicy?

    public init(
      clock: any RunClock, signals: SignalQueue, front: any RunFront, supervisor: String,
      environment: [String: String], vault: String
    ) {
      self.clock = clock
      self.signals = signals
      self.front = front
      self.supervisor = supervisor
      self.environment = environment
      self.vault = vault
    }
  }

  /// How the runner's part of a run ended.
  public enum End: Equatable {
    case ended(Outcome)
    case paused(RunEvent.Paused)
    /// A person wants it to go on without this terminal.
    case left
  }

  let plan: Plan
  let folder: RunFolder
  let header: RunHeader
  let world: World
  let journal: Journal
  let store: ValueStore
  /// Of this run's secrets.
  let mask: SecretMask
  let ballast: Ballast
  public internal(set) var state = RunState()
  var observers: [any RunObserver]
  var handle: StepHandle?
  /// The clock's reading when the run began.
  var epoch: Double
  /// What the clock's time asleep was when it was last looked at.
  var slept: Double
  /// Why the journal takes nothing more.
  public internal(set) var journalFailure: (any Error)?
  var growth = OutputGrowth()
  /// How much of what the follower of the running block says of its connection was read.
  var linkNews = HostLinkNews()
  /// Likewise of the hosts that it is on.
  var fleetNews = FleetNews()
  /// The terminal is gone.
  var isUnwatched = false
  /// A detached runner was told to end.
  var isTold = false
  private var early: [(Question.Topic, Answer)] = []
  /// The question that the person has before the eyes.
  var onShow: Question.Topic?
  /// The person was reading or writing at the last look.
  var wasBusy = false

  /// Writes the beginning of a run that another process is to carry.
  public static func prepare(
    _ header: RunHeader, _ plan: Plan, folder: RunFolder, values: [String: String]
  ) throws {
    let mask = SecretMask(of: plan, values: values)
    let store = try ValueStore(path: folder.values)
    try store.set(values.merging(header.withheld(by: mask)) { $1 })
    let journal = try Journal(path: folder.journal)
    let began = mask.mask(RunEvent.Kind.runStarted(header))
    try journal.append(RunEvent(number: 1, at: SystemClock().now, uptime: 0, kind: began))
    try journal.sync()
    try WholeFile.syncFolder(folder.path)
  }

  /// How the runner comes to the run.
  public enum Beginning {
    /// A later rollback goes on from where another run ended, and its values are those of that run.
    case new(RunHeader, values: [String: String], origin: RunState = RunState())
    /// A run whose runner is gone, or that was paused. The caller has the note's lock.
    /// Answers were given while nobody asked: by the boxes of the note.
    case resumed(
      StoredRun, secrets: [String: String], answers: [(Question.Topic, Answer)])
  }

  public init(
    plan: Plan, folder: RunFolder, world: World, observers: [any RunObserver],
    beginning: Beginning
  ) throws {
    self.plan = plan
    self.folder = folder
    self.world = world
    self.observers = observers
    slept = world.clock.asleep
    switch beginning {
    case .new(let header, let values, let origin):
      self.header = header
      state = origin
      state.lastNumber = 0
      epoch = world.clock.uptime
      journal = try Journal(path: folder.journal)
      store = try ValueStore(path: folder.values)
      mask = SecretMask(of: plan, values: values)
      try store.set(values.merging(header.withheld(by: mask)) { $1 })
    case .resumed(let stored, let secrets, let answers):
      early = answers
      header = stored.header
      state = stored.state
      epoch = stored.state.epoch(at: world.clock.uptime, bootID: StepProcess.currentBootID)
      journal = try Journal(path: folder.journal, length: stored.journalLength)
      store = try ValueStore(
        path: folder.values, contents: (try? WholeFile.read(folder.values)) ?? [])
      try store.set(secrets)
      mask = SecretMask(of: plan, values: store.values)
    }
    // Four events a block, two a step: the usual course; more only costs a larger file.
    let events = plan.steps.reduce(16) { $0 + 2 + 4 * $1.blocks.count }
    try journal.reserve(events: events)
    ballast = try Ballast(path: folder.ballast, plan: plan)
    try WholeFile.syncFolder(folder.path)
  }

  /// Runs to the end, or to where a person is needed.
  public func run() throws -> End {
    defer { ballast.release() }
    for observer in observers { observer.begin(state) }
    if state.lastNumber == 0 { record(.runStarted(header)) }
    takeOver()
    try syncOrStop()
    while true {
      let actions = decide(plan, state)
      if let outcome = state.outcome {
        // Before the note says so.
        try syncOrStop()
        return .ended(outcome)
      }
      for action in actions {
        if let end = try perform(action) ?? (isTold ? .left : nil) {
          try syncOrStop()
          return end
        }
      }
    }
  }

  /// From here on this process carries the run: also the block that its last runner left running.
  private func takeOver() {
    if let running = state.running {
      handle = StepHandle.adopt(folder: folder.step(running.folder), process: running.process)
      linkNews = HostLinkNews(after: running.linkNews)
      growth.begin(at: uptime)
      _ = silentSince
    }
    // Before the run is no longer paused: else a runner that is killed here leaves a run that does not look for
    // the answer in the note any more.
    takeAnswers(early)
    let answers = answersFromElsewhere
    record(.runner(info(canAsk: world.front.canAsk)))
    takeAnswers(answers)
    renewLimits()
  }

  /// To questions that nobody here is asked any more.
  var answersFromElsewhere: [(Question.Topic, Answer)] {
    let box = AnswerBox(folder)
    return state.questions.filter { $0.value.answer == nil }.compactMap { topic, _ in
      box.answer(to: topic).map { (topic, $0) }
    }
  }

  func takeAnswers(_ answers: [(Question.Topic, Answer)]) {
    for (topic, answer) in answers {
      record(.asked(Question(topic: topic, text: "", choices: [], seconds: nil)))
      record(.answered(RunEvent.Answered(topic: topic, answer: answer)))
    }
  }

  func info(canAsk: Bool) -> RunnerInfo {
    RunnerInfo(
      pid: StepProcess.ofThisProcess?.pid ?? 0, bootID: StepProcess.currentBootID,
      clock: world.clock.uptime, canAsk: canAsk && journalFailure == nil,
      waits: world.isDetached, onAmbiguous: world.onAmbiguous)
  }

  var uptime: Double { world.clock.uptime - epoch }

  // MARK: Writing down

  /// Takes an event into the journal, the state and to the observers. It is on disk after the next sync.
  func record(_ kind: RunEvent.Kind) {
    let event = RunEvent(
      number: state.lastNumber + 1, at: world.clock.now, uptime: uptime, kind: mask.mask(kind))
    if journalFailure == nil {
      do {
        try journal.append(event)
      } catch {
        failJournal(error)
      }
    }
    state.apply(event)
    if case .withdrawn = kind { withdraw() }
    for observer in observers { observer.observe(event, state) }
  }

  /// Brings the events to disk. Where that fails no new forward step starts: the run is cancelled, and what was
  /// done is undone, unrecorded.
  func syncOrStop() throws {
    guard journalFailure == nil else { return }
    do {
      try journal.sync()
    } catch {
      failJournal(error)
    }
  }

  /// Takes an event of another's making in, on disk before this returns: a file that is about to appear must be
  /// known to whoever comes after a crash. With a journal that can't be written the note still is.
  public func note(_ kind: RunEvent.Kind) throws {
    record(kind)
    try syncOrStop()
  }

  func failJournal(_ error: any Error) {
    guard journalFailure == nil else { return }
    journalFailure = error
    // A full disk has room again then.
    ballast.release()
    try? WholeFile.write(Array("\(error)\n".utf8), to: folder.unrecorded, mode: 0o600)
    let reason = "the journal can't be written: \(error)"
    record(.warned(RunEvent.Warned(text: reason, endsJournal: true)))
    if state.rollback == nil, !state.isFinishing, state.cancelRequests == 0 {
      record(.cancelRequested(RunEvent.CancelRequested(by: reason)))
    }
    // Nobody is asked: a person's answer could not be kept either.
    if state.runner?.canAsk == true { record(.runner(info(canAsk: false))) }
  }
}
