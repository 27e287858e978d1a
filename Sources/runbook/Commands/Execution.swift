import Runbook

/// One `exec`, from a checked plan to the exit status.
struct Execution {
  let loaded: LoadedNote
  let choices: PlanChoices
  let options: RunOptions
  let recordMode: RecordMode
  let isJSON: Bool

  func run() throws {
    let front = FrontDoor.open(isJSON: isJSON)
    let secrets = try askForSecrets(front)
    let folder = Preflight.folder(of: loaded.plan, note: loaded.file, environment: environment)
    try refuseUnrunnable(folder)
    guard let supervisor = StepSupervisor.locate(beside: ProcessContext.executable) else {
      Output.complain("error: \(StepSupervisor.name) is not beside \(ProcessContext.executable)")
      throw ExitStatus.usage
    }
    let state = try openState()
    let clock = SystemClock()
    let id = RunID(at: clock.now, random: .random(in: .min ... .max))
    let lock = try takeLock(state, id, clock.now)
    defer { withExtendedLifetime(lock) {} }
    let header = header(id, folder)
    let run = try carry(header, secrets, front, supervisor, state, clock)
    try finish(run, front)
  }

  private var environment: [String: String] { ProcessContext.environment }

  // MARK: Before the run

  private func askForSecrets(_ front: FrontDoor) throws -> [String: String] {
    var secrets: [String: String] = [:]
    for parameter in loaded.plan.parameters where parameter.isSecret && parameter.value == nil {
      guard let value = front.askSecret(parameter.name) else {
        Output.complain(
          Diagnostic(
            .error, "the secret \(parameter.name) has no value", file: loaded.plan.file,
            fix: "set \(parameter.name) in the environment, or run in a terminal to be asked"
          ).text)
        throw ExitStatus.usage
      }
      secrets[parameter.name] = value
    }
    return secrets
  }

  private func refuseUnrunnable(_ folder: String) throws {
    let problems = Preflight.problems(
      of: loaded.plan, note: loaded.note, folder: folder, environment: environment)
    guard !problems.isEmpty else { return }
    for problem in problems { Output.complain(problem.text) }
    Output.complain("Nothing was run.")
    throw ExitStatus.usage
  }

  private func openState() throws -> StateFolder {
    do {
      return try StateFolder(environment: environment)
    } catch {
      Output.complain(
        "error: the state folder can't be used: \(error)\n"
          + "  fix: point XDG_STATE_HOME to a folder that can be written. Nothing was run.")
      throw ExitStatus.noState
    }
  }

  private func takeLock(_ state: StateFolder, _ id: RunID, _ now: WallTime) throws -> NoteLock {
    switch try NoteLock.take(note: loaded.file.realPath, in: state) {
    case .taken(let lock):
      lock.sign(
        NoteLock.Holder(
          run: id.text, user: ProcessContext.user,
          pid: StepProcess.ofThisProcess?.pid ?? 0, since: now))
      return lock
    case .held(let holder):
      let who = holder.map {
        "by run \($0.run) of \($0.user), since \($0.since.time), process \($0.pid)"
      }
      Output.complain("error: \(loaded.plan.file) is being run \(who ?? "by another process")")
      throw ExitStatus.locked
    }
  }

  private func header(_ id: RunID, _ folder: String) -> RunHeader {
    RunHeader(
      id: id, note: loaded.file.realPath, file: loaded.plan.file, title: loaded.plan.title,
      section: loaded.request.section, digest: loaded.plan.digest, user: ProcessContext.user,
      machine: ProcessContext.machine, version: RunbookCommand.version,
      parameters: loaded.plan.parameters.map {
        RunHeader.ParameterValue(
          name: $0.name, value: $0.isSecret ? nil : $0.value,
          source: $0.value == nil ? .asked : $0.source)
      },
      options: options, folder: folder,
      commit: GitState.commit(of: folder, environment: environment), choices: choices,
      surroundings: Surroundings(environment: environment, umask: ProcessContext.umask))
  }

  // MARK: The run

  private struct Carried {
    let runner: Runner
    let keeper: NoteKeeper
    let end: Runner.End
  }

  private func carry(
    _ header: RunHeader, _ secrets: [String: String], _ front: FrontDoor, _ supervisor: String,
    _ state: StateFolder, _ clock: SystemClock
  ) throws -> Carried {
    do {
      let folder = try RunFolder.create(
        in: state, id: header.id, note: loaded.note.bytes,
        defaults: loaded.request.vaultDefaults)
      let mask = SecretMask(
        loaded.plan.parameters.filter(\.isSecret).compactMap { secrets[$0.name] ?? $0.value })
      let keeper = NoteKeeper(
        plan: loaded.plan, file: loaded.file, vault: loaded.vault, folder: folder,
        mode: recordMode, mask: mask, renderer: RunRenderer(plan: loaded.plan))
      let view = front.observer(plan: loaded.plan, folder: folder, mask: mask)
      let runner = try Runner(
        plan: loaded.plan, folder: folder,
        world: Runner.World(
          clock: clock, signals: try SignalQueue(), front: front.front, supervisor: supervisor,
          environment: environment, vault: loaded.vault.root),
        observers: [view, keeper], beginning: .new(header, secrets: secrets))
      keeper.journal = { [unowned runner] in try runner.note($0) }
      let end = try runner.run()
      keeper.finish(runner.state)
      for problem in LogMasking.apply(mask, to: runner.state, in: folder) {
        Output.complain("warning: \(problem)")
      }
      return Carried(runner: runner, keeper: keeper, end: end)
    } catch let error as SystemError {
      Output.complain("error: the run's folder can't be used: \(error). Nothing was run.")
      throw ExitStatus.noState
    }
  }

  private func finish(_ run: Carried, _ front: FrontDoor) throws {
    front.close()
    if !isJSON {
      let summary = RunSummary(
        plan: loaded.plan, state: run.runner.state, keeper: run.keeper, style: .ofOutput)
      Output.print(summary.text)
    }
    if run.runner.journalFailure != nil { throw ExitStatus.noState }
    switch run.end {
    case .ended(let outcome):
      if outcome.exitStatus != 0 { throw ExitStatus(code: outcome.exitStatus) }
    case .paused: throw ExitStatus.paused
    }
  }
}
