import Runbook

/// A run carried by this process, from its first event here to the exit status.
struct RunSession {
  let plan: Plan
  let file: NoteFile
  let vault: Vault
  var folder: RunFolder
  let secrets: [String: String]
  let recordMode: RecordMode
  let environment: [String: String]
  let front: FrontDoor
  let isJSON: Bool
  var isDetached = false
  /// Handed on where the run goes on without this process.
  var locks: RunLocks?
  var onAmbiguous: AmbiguityPolicy?
  var hosts: HostConnections?
  var fleets: FleetAccess?

  func run(_ beginning: Runner.Beginning) throws {
    Output.excuseLoss()
    let keeper = keeper
    var world = Runner.World(
      clock: SystemClock(), signals: try SignalQueue(), front: front.front,
      supervisor: try Self.supervisor(), environment: environment, vault: vault.root)
    world.hasTerminal = front.isTerminal
    world.isDetached = isDetached
    world.onAmbiguous = onAmbiguous
    world.hosts = hosts
    world.fleets = fleets
    world.follower = [
      ProcessContext.executable, HostStepCommand.configuration.commandName ?? "",
    ]
    if recordMode == .inPlace || recordMode == .both { world.boxes = NoteBoxes(file: file) }
    let shown = mask.mask(plan)
    let notifier = Notifier(plan: shown, environment: helperEnvironment, isDetached: isDetached)
    let runner = try Runner(
      plan: plan, folder: folder, world: world,
      observers: front.observers(plan: shown, folder: folder, mask: mask) + [keeper, notifier],
      beginning: beginning)
    keeper.journal = { [unowned runner] in try runner.note($0) }
    let end = try runner.run()
    if case .ended = end {
      hosts?.close(cleans: runner.state.survivors.allSatisfy { $0.host == nil })
      fleets?.close(runner.state)
    } else {
      hosts?.close(cleans: false)
    }
    if case .left = end { return try leaveRunning(runner) }
    keeper.finish(runner.state)
    conclude(runner.state, keeper)
    if case .ended = end {
      try runner.note(.recorded)
      enterHistory(runner.state)
    }
    notifier.tell(runner.state)
    try leave(runner, end)
    // A deploy that nobody finds written down is not the success that it was.
    if case .ended = end, keeper.isToldNowhere { throw ExitStatus.noState }
  }

  var mask: SecretMask {
    SecretMask(of: plan, values: secrets)
  }

  /// For what helps the run and is no block of it.
  var helperEnvironment: [String: String] { plan.helperEnvironment(environment, mask) }

  var keeper: NoteKeeper {
    NoteKeeper(
      plan: plan, file: file, vault: vault, folder: folder, mode: recordMode, mask: mask,
      environment: helperEnvironment, renderer: RunRenderer(plan: plan, mask: mask))
  }

  /// The run is written down: masks its logs, and says how it went.
  func conclude(_ state: RunState, _ keeper: NoteKeeper) {
    for problem in LogMasking.apply(mask, to: state, in: folder) {
      Output.complain("warning: \(problem)")
    }
    front.close()
    guard !isJSON else {
      for problem in keeper.problems { Output.complain("warning: \(problem)") }
      return
    }
    let summary = RunSummary(
      plan: mask.mask(plan), state: state, record: keeper.record?.path, problems: keeper.problems,
      logs: LogReader(plan: plan, folder: folder, mask: mask), style: .ofOutput)
    Output.print(summary.text)
  }

  /// The history is more than the run's own record, so that a run never fails for it.
  func enterHistory(_ state: RunState) {
    do {
      try folder.enterHistory(state, mask.mask(plan))
    } catch {
      Output.complain("warning: the run is not in the history: \(error)")
    }
  }

  /// The person wants the terminal back, and the run is to go on: by a detached runner, which gets the locks. A
  /// detached runner that is told to end leaves the steps to the next one.
  private func leaveRunning(_ runner: Runner) throws {
    front.close()
    if !isDetached, let header = runner.state.header, let locks {
      try Background.start(header.id, folder, locks)
    }
    throw ExitStatus.left
  }

  private func leave(_ runner: Runner, _ end: Runner.End) throws {
    if runner.journalFailure != nil { throw ExitStatus.noState }
    switch end {
    case .ended:
      if let status = runner.state.exitStatus, status != 0 { throw ExitStatus(code: status) }
    case .paused: throw ExitStatus.paused
    case .left: throw ExitStatus.left
    }
  }

  static func supervisor() throws -> String {
    if let path = StepSupervisor.locate(beside: ProcessContext.executable) { return path }
    Output.complain("error: \(StepSupervisor.name) is not beside \(ProcessContext.executable)")
    throw ExitStatus.usage
  }
}
