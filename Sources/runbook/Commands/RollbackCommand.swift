import ArgumentParser
import Runbook

struct RollbackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback",
    abstract: "Undoes a run that has ended, with the values that it captured.")

  @Argument(
    help: ArgumentHelp(
      "The run: its id or the end of it; the latest where none is named.", valueName: "run"),
    completion: .endedRun)
  var runName: String?

  @Flag(help: "Show what would be undone, and run nothing.")
  var dryRun = false

  @Flag(help: "Undo it although something speaks against that, such as a later run of the note.")
  var anyway = false

  @Flag(help: "Give the terminal back at once; the rollback goes on by itself.")
  var background = false

  @Flag(help: "Each event as a JSON object on a line of its own.")
  var json = false

  func run() throws {
    let access = try StateAccess.open()
    do {
      let archive = RunArchive(access.state)
      let found = try archive.find(runName)
      guard found.state.outcome != nil else { throw try refuseUnended(found, access) }
      if dryRun { return try show(LaterRollback(of: found, in: archive)) }
      let (vault, file) = try found.place()
      let locks = try access.lock(file, found.plan)
      defer { withExtendedLifetime(locks) {} }
      try RunSession.writeDownLast(access, locks, vault, file, named: found.header.file)
      // Again, now that nothing else of the note goes on.
      let rollback = try LaterRollback(of: archive.find(found.id.text), in: archive)
      try refuse(rollback)
      try start(rollback, vault, file, locks, access)
    } catch let problem as RunArchive.Problem {
      Output.complain("error: \(problem.message)\n  fix: \(problem.fix)")
      throw ExitStatus.usage
    } catch let error as SystemError {
      Output.complain("error: the run's folder can't be used: \(error). Nothing was run.")
      throw ExitStatus.noState
    }
  }

  /// Of the same status as where `exec` meets one.
  private func refuseUnended(_ run: StoredRun, _ access: StateAccess) throws -> ExitStatus {
    let id = run.id.short
    let fix =
      switch (try access.isCarried(run), run.header.undoes) {
      case (true, nil): "stop it, which rolls it back: runbook cancel \(id)"
      case (true, _?): "it is undoing a run; see it: runbook attach \(id)"
      case (false, _):
        "go on with it: runbook resume \(id)  give it up: runbook cancel \(id) --abandon"
      }
    Output.complain("error: the run \(run.id.text) has not ended\n  fix: \(fix)")
    return .locked
  }

  private func refuse(_ rollback: LaterRollback) throws {
    for doubt in rollback.doubts {
      Output.complain(
        "\(anyway ? "warning" : "error"): \(doubt.message)"
          + (anyway ? "" : "\n  fix: \(doubt.fix)"))
    }
    guard !anyway, !rollback.doubts.isEmpty else { return }
    Output.complain("Nothing was undone. To undo it all the same: --anyway")
    throw ExitStatus.usage
  }

  private func show(_ rollback: LaterRollback) {
    for doubt in rollback.doubts { Output.complain("warning: \(doubt.message)") }
    let lines = rollback.steps.map { step in
      "  \(step.number) \(PlainText.line(step.title))"
    }
    Output.print(
      "would undo of the run \(rollback.made.id.text), in this order:\n"
        + lines.joined(separator: "\n"))
  }

  private func start(
    _ rollback: LaterRollback, _ vault: Vault, _ file: NoteFile, _ locks: RunLocks,
    _ access: StateAccess
  ) throws {
    var session = try RunSession(rollback.base, vault, file, isJSON: json)
    let id = RunID(at: SystemClock().now, random: .random(in: .min ... .max))
    let undoing = rollback.undoing(record: session.keeper.record(of: rollback.made.state))
    let header = rollback.base.header.undone(
      undoing, as: id, user: ProcessContext.user, machine: ProcessContext.machine,
      version: RunbookCommand.version)
    access.sign(locks, for: id)
    let hosts = try HostAccess.connections(
      rollback.base.plan, run: id, file: file, environment: session.environment)
    try HostAccess.open(hosts, rollback.base.plan, rollback.base.note)
    let fleets = FleetAccess(
      rollback.base.plan, run: id, note: file, environment: session.environment)
    try HostAccess.open(fleets, rollback.base.plan, beside: hosts)
    session.folder = try rollback.makeFolder(in: access.state, as: id)
    session.locks = locks
    session.hosts = hosts
    session.fleets = fleets
    let values = rollback.base.values.merging(session.secrets) { $1 }
    if background {
      hosts?.close(cleans: false)
      try Runner.prepare(header, folder: session.folder, values: values)
      return try Background.start(id, session.folder, locks)
    }
    try session.run(.new(header, values: values, origin: rollback.base.state))
  }
}
