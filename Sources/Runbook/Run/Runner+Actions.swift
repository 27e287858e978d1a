extension Runner {
  /// Carries an action out. Not nil: the run ends here for now.
  func perform(_ action: Action) throws -> End? {
    switch action {
    case .record(let kind): record(kind)
    case .evaluate(let condition, let subject): evaluate(condition, subject)
    case .start(let attempt): try start(attempt)
    case .stop(let attempt, let reason, let isImmediate):
      try stop(attempt, reason, isImmediate: isImmediate)
    case .extend(let attempt, let seconds, let isSilence):
      growth.begin(at: uptime)
      record(
        .extended(RunEvent.Extended(attempt: attempt, seconds: seconds, isSilence: isSilence)))
      renewLimits()
    case .ask(let question):
      record(.asked(expanded(question)))
      renewLimits()
    case .wait(let wait): try self.wait(wait)
    case .pause(let step, let reason):
      let paused = RunEvent.Paused(step: step, reason: reason)
      record(.paused(paused))
      return .paused(paused)
    case .leave: return .left
    }
    return nil
  }

  // MARK: Values

  var values: [String: String] {
    let given = plan.parameters.compactMap { parameter in
      parameter.value.map { (parameter.name, $0) }
    }
    return Dictionary(given, uniquingKeysWith: { first, _ in first })
      .merging(store.values) { _, captured in captured }
  }

  private func value(_ name: String) -> String? {
    name == "RUNBOOK_RUN" ? header.made.text : values[name]
  }

  private func evaluate(_ condition: Condition, _ subject: RunEvent.Evaluated.Subject) {
    record(
      .evaluated(RunEvent.Evaluated(subject: subject, holds: condition.holds(value))))
  }

  private func expanded(_ question: Question) -> Question {
    guard question.topic.kind == .confirm else { return question }
    return question.saying(Template(question.text).expanded(value))
  }

  // MARK: Blocks

  /// How much longer than the runner the supervisor waits, in seconds: the runner decides at the deadline, and
  /// with nobody left to decide the supervisor does, after the time that a question would stand.
  var supervisorMargin: Double {
    state.runner?.canAsk == true ? header.options.questionSeconds + 2 : 0.5
  }

  /// How much longer than a limit of so many seconds the supervisor waits. Where the note says to extend, its own
  /// limit allows what is left of that: a runner that is held up at the deadline must not cost a block that may go on.
  private func margin(_ seconds: Double, _ block: Block, extensions: Int = 0) -> Double {
    let policy = block.options.onTimeout
    let extends = block.role == .run && (policy == .extend || policy == .background)
    return supervisorMargin + (extends ? Double(max(0, 3 - extensions)) * seconds : 0)
  }

  /// Tells the supervisor of the block that runs how long it may take from now on: as long as the question stands, or
  /// the next deadline lasts, and the margin.
  ///
  /// - Parameter isForHosts: the host's own supervisor too.
  func renewLimits(isForHosts: Bool = true) {
    guard let running = state.running, running.stopping == nil,
      let block = plan.block(running.attempt.block)
    else { return }
    if running.isUnlimited {
      handle?.setDeadline(in: nil)
      handle?.setIdle(in: nil)
      if block.options.runsElsewhere { setHostDeadline(nil) }
      return
    }
    if let deadline = running.deadline(of: block) {
      let left = max(0, deadline - uptime)
      let margin = margin(running.limit(of: block) ?? 0, block, extensions: running.extensions)
      handle?.setDeadline(in: .seconds(left + margin))
      // What has not begun there, or has just begun, has all of its time.
      if isForHosts, block.options.runsElsewhere, running.hasBegunThere {
        setHostDeadline(left + margin)
      }
    }
    if let idle = block.options.idle.seconds {
      let margin = margin(idle, block, extensions: running.extensions)
      handle?.setIdle(in: .seconds(running.wayLeft(of: block) + idle + margin))
    }
  }

  /// Spawns the supervisor, has that on disk, and only then opens its gate.
  private func start(_ attempt: AttemptRef) throws {
    guard let step = plan.step(attempt.block.step), let block = plan.block(attempt.block) else {
      return
    }
    if block.role == .rollback || block.role == .always { ballast.release() }
    let name = folderName(step)
    let launch = launch(step, block, folder.step(name))
    if block.options.isInteractive { world.front.lend(true) }
    do {
      try world.hosts?.admit(block.options.host, isForward: block.role.isForward)
      let group = try fleetHosts(attempt, block)
      try launch.folder.create(script: block.code)
      let remote = remoteLaunch(step, block, name, hosts: group?.hosts ?? [])
      try remote?.write(to: launch.folder)
      let handle = try StepHandle.launch(launch, supervisor: world.supervisor)
      record(
        .blockStarted(
          RunEvent.BlockStarted(
            attempt: attempt, role: block.role, folder: name, process: handle.process,
            hosts: group.map { $0.hosts + $0.barred.compactMap(\.host) })))
      recordBarred(group?.barred ?? [], attempt)
      try syncOrStop()
      if journalFailure != nil, block.role.isForward {
        // Nothing new may run that the journal does not know; undoing and cleaning up still must.
        handle.abandon()
      }
      try handle.openGate()
      self.handle = handle
      linkNews = HostLinkNews()
      fleetNews = FleetNews()
      growth.begin(at: uptime)
    } catch {
      if block.options.isInteractive { world.front.lend(false) }
      var result = BlockResult(took: 0)
      result.hasRun = false
      result.problem = (error as? HostFault)?.text ?? "\(error)"
      record(.blockEnded(RunEvent.BlockEnded(attempt: attempt, result: result)))
    }
  }

  /// `0007-upload-dist`: in the order of their start, told apart by eye.
  private func folderName(_ step: Step) -> String {
    let words = step.title.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    let slug = words.prefix(5).joined(separator: "-").prefix(40)
    return state.lastNumber.digits(5) + (slug.isEmpty ? "" : "-\(slug)")
  }

  var blockEnvironment: BlockEnvironment {
    BlockEnvironment(
      base: world.environment, plan: plan, header: header, vault: world.vault, values: values,
      home: world.environment["HOME"], ssh: world.hosts?.client.forBlocks ?? "ssh",
      inventory: world.fleets?.ansible.inventory.text)
  }

  func launch(_ step: Step, _ block: Block, _ folder: StepFolder) -> StepLaunch {
    let context = blockEnvironment
    var launch = StepLaunch(
      folder: folder, program: block.interpreter.program,
      arguments: block.command.dropFirst() + [folder.script],
      environment: context.variables(for: step, state),
      workingDirectory: context.folder(for: block, step: step, state))
    // What runs here of a block elsewhere has to get there first.
    let way = block.options.runsElsewhere ? RemoteLaunch.longestWay : 0
    launch.deadline = supervisorDeadline(step, block).map { .seconds(way + $0) }
    launch.idle = block.options.idle.seconds.map { .seconds(way + $0 + margin($0, block)) }
    launch.grace = .seconds(block.options.grace)
    launch.logLimit = plan.settings.logLimit
    launch.isInteractive = block.options.isInteractive
    launch.capturesOutput = block.options.capture != nil
    return block.options.runsElsewhere ? following(launch, block) : launch
  }

  func supervisorDeadline(_ step: Step, _ block: Block) -> Double? {
    if state.running?.isUnlimited == true { return nil }
    return block.options.timeout.seconds.map { $0 + margin($0, block) }
  }

  /// The reason is on disk before the first signal, so that a stop that is interrupted goes on as that stop.
  private func stop(
    _ attempt: AttemptRef, _ reason: StopReason, isImmediate: Bool
  ) throws {
    record(
      .stopping(
        RunEvent.Stopping(attempt: attempt, reason: reason, isImmediate: isImmediate)))
    try syncOrStop()
    if isImmediate { handle?.kill() } else { handle?.stop() }
  }
}
