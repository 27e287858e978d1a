import ArgumentParser
import Runbook

struct RollbackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback",
    abstract: "Undoes a run that has ended, with the values that it captured.")

  @Argument(
    help: ArgumentHelp(RunChoice.help, valueName: "run"),
    completion: .runs(for: .rollback(anyway: false)))
  var runName: String?

  @Flag(help: "Show what would be undone, and run nothing.")
  var dryRun = false

  @Flag(help: "Undo it although something speaks against that, such as a later run of the note.")
  var anyway = false

  @Flag(
    help: "Do not ask; the run's id must be named. Never answers what a rollback block asks itself."
  )
  var yes = false

  @Flag(help: "Give the terminal back at once; the rollback goes on by itself.")
  var background = false

  @Flag(help: "Each event as a JSON object on a line of its own.")
  var json = false

  func run() throws {
    let access = try StateAccess.open()
    do {
      let archive = RunArchive(access.state)
      let id = try RunChoice.find(
        runName, for: .rollback(anyway: anyway), access, canAsk: !json)
      let found = try archive.find(id.text)
      guard found.state.outcome != nil else { throw try refuseUnended(found, access) }
      let seen = try LaterRollback(of: found, in: archive)
      if dryRun { return show(seen) }
      try refuse(seen)
      let front = FrontDoor.open(isJSON: json)
      try confirm(seen, front, archive)
      let (vault, file) = try found.place()
      let locks = try access.lock(file, found.plan)
      defer { withExtendedLifetime(locks) {} }
      try RunSession.writeDownLast(access, locks, vault, file, named: found.header.file)
      // Again, now that nothing else of the note goes on.
      let rollback = try LaterRollback(of: archive.find(found.id.text), in: archive)
      try refuse(rollback)
      guard rollback.base.id == seen.base.id else {
        throw RunArchive.Problem(
          message: "the run \(rollback.base.id.text) has undone some of it meanwhile",
          fix: "look again: runbook rollback \(archive.name(of: rollback.made.id))")
      }
      try start(rollback, vault, file, locks, access, front)
    } catch let problem as RunArchive.Problem {
      Output.complain("error: \(problem.message)\n  fix: \(problem.fix)")
      throw ExitStatus.usage
    } catch let error as SystemError {
      Output.complain("error: the run's folder can't be used: \(error). Nothing was run.")
      throw ExitStatus.noState
    }
  }

  /// What is undone may be production: it is shown, and a person says yes to it; or somebody has named it, and has said
  /// yes beforehand.
  private func confirm(_ rollback: LaterRollback, _ front: FrontDoor, _ archive: RunArchive) throws
  {
    let isNamed = runName.map { !$0.isEmpty && RunChoice.note($0) == nil } ?? false
    if yes, isNamed { return }
    let preview = RollbackPreview(rollback: rollback, now: SystemClock().now).text
    if front.canAsk {
      Output.print(preview)
      guard let answer = front.ask("Undo it? [y/N] "), ["y", "yes"].contains(answer.lowercased())
      else {
        Output.complain("Nothing was undone.")
        throw ExitStatus.usage
      }
      return
    }
    let flags = [(anyway, "anyway"), (background, "background"), (json, "json"), (true, "yes")]
    let command =
      ["runbook rollback \(archive.name(of: rollback.made.id))"]
      + flags.filter(\.0).map { "--\($0.1)" }
    Output.complain(
      "\(preview)\nerror: nobody can be asked whether to undo that\n"
        + "  fix: name the run, and say yes: \(command.joined(separator: " "))")
    throw ExitStatus.usage
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
    Output.print(RollbackPreview(rollback: rollback, now: SystemClock().now).text)
  }

  private func start(
    _ rollback: LaterRollback, _ vault: Vault, _ file: NoteFile, _ locks: RunLocks,
    _ access: StateAccess, _ front: FrontDoor
  ) throws {
    var session = try RunSession(rollback.base, vault, file, isJSON: json, front: front)
    let files = try HostAccess.files(rollback.base.plan, file, session.environment)
    let (id, order) = try access.state.beginRun(at: SystemClock().now)
    let undoing = rollback.undoing(record: session.keeper.record(of: rollback.made.state))
    let header = rollback.base.header.undone(
      undoing, as: id, order: order, user: ProcessContext.user, machine: ProcessContext.machine,
      version: RunbookCommand.version)
    access.sign(locks, for: id)
    let hosts = try HostAccess.connections(
      rollback.base.plan, run: id, file: file, files,
      environment: session.helperEnvironment)
    try HostAccess.open(hosts, rollback.base.plan, rollback.base.note, session.mask)
    let fleets = FleetAccess(
      rollback.base.plan, run: id, files: files, environment: session.environment)
    try HostAccess.open(fleets, rollback.base.plan, session.mask, beside: hosts)
    session.folder = try rollback.makeFolder(in: access.state, as: id)
    session.locks = locks
    session.hosts = hosts
    session.fleets = fleets
    let values = rollback.base.values.merging(session.secrets) { $1 }
    if background {
      hosts?.close(cleans: false)
      try Runner.prepare(
        header, rollback.base.plan, folder: session.folder, values: values)
      return try Background.start(id, session.folder, locks)
    }
    try session.run(.new(header, values: values, origin: rollback.base.state))
  }
}
