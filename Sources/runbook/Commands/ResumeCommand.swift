import ArgumentParser
import Runbook

struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Goes on with a run that was interrupted, or that waits for a person.")

  @Argument(
    help: ArgumentHelp(RunChoice.help, valueName: "run"),
    completion: .runs(for: .resume))
  var runName: String?

  @Flag(help: "Each event as a JSON object on a line of its own.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "What to do about a block that ran and ended unseen: rerun, skip or rollback.",
      valueName: "what"),
    completion: .values(of: AmbiguityPolicy.self))
  var onAmbiguous: String?

  /// Started by `--background`, or from a menu: no terminal, and the note's lock is handed on.
  @Flag(help: .hidden)
  var detached = false

  func validate() throws {
    if let onAmbiguous, AmbiguityPolicy(rawValue: onAmbiguous) == nil {
      throw ValidationError("--on-ambiguous \(onAmbiguous): write rerun, skip or rollback")
    }
  }

  func run() throws {
    let access = try StateAccess.open()
    do {
      let id = try RunChoice.find(runName, for: .resume, access, canAsk: !json)
      let stored = try RunArchive(access.state).find(id.text)
      try refuseWhole(stored)
      try resume(stored, access)
    } catch let problem as RunArchive.Problem {
      Output.complain("error: \(problem.message)\n  fix: \(problem.fix)")
      throw ExitStatus.usage
    }
  }

  private func refuseWhole(_ stored: StoredRun) throws {
    guard !stored.isUnrecorded else {
      throw RunArchive.Problem(
        message:
          "the journal of the run \(stored.id.text) failed, and what was undone then is not in it",
        fix: "see in the note what was done, then runbook cancel \(stored.id.short) --abandon")
    }
    guard stored.state.isRecorded, let outcome = stored.state.outcome else { return }
    throw RunArchive.Problem(
      message: "the run \(stored.id.text) has ended: \(outcome.rawValue)",
      fix: "run the note again: runbook exec \(ProcessContext.shown(stored.header.shownPath))")
  }

  private func resume(_ found: StoredRun, _ access: StateAccess) throws {
    let (vault, file) = try found.place()
    let locks = try takeLocks(file, found, access)
    defer { withExtendedLifetime(locks) {} }
    // Again, now that nobody else writes to it: its last runner may have gone on until a moment ago.
    let stored = try RunArchive(access.state).find(found.id.text)
    try refuseWhole(stored)
    access.sign(locks, for: stored.id)
    guard let status = stored.state.exitStatus else { return try goOn(stored, vault, file, locks) }
    try RunSession(stored, vault, file, isJSON: json).writeDown(stored)
    if status != 0 { throw ExitStatus(code: status) }
  }

  private func goOn(
    _ stored: StoredRun, _ vault: Vault, _ file: NoteFile, _ locks: RunLocks
  ) throws {
    let now = try Note(try file.read().bytes)
    let embeds = EmbedReader.read(now, file, named: stored.header.file, in: vault)
    // A later rollback undoes what was done, with the blocks of then, whatever the note says by now.
    let changes =
      stored.header.undoes == nil ? ResumeCheck.changes(in: now, embeds, since: stored) : []
    guard changes.isEmpty else {
      Output.complain(
        "error: blocks that have not run yet were changed since the run began\n"
          + ChangeListing.text(changes)
          + "\n  fix: put them back, or give the run up: "
          + "runbook cancel \(stored.id.short) --abandon")
      throw ExitStatus.usage
    }
    _ = try NoteWriter.recover(folder: file.realFolder, intents: stored.state.swaps)
    var session = try RunSession(stored, vault, file, isJSON: json)
    session.isDetached = detached
    session.locks = locks
    session.onAmbiguous = onAmbiguous.flatMap { AmbiguityPolicy(rawValue: $0) }
    session.hosts = try HostAccess.connections(
      stored.plan, run: stored.id, file: file, environment: session.environment)
    HostAccess.reopen(session.hosts)
    session.fleets = FleetAccess(
      stored.plan, run: stored.id, note: file, environment: session.environment)
    try session.run(
      .resumed(
        stored, secrets: session.secrets, answers: ResumeCheck.answers(in: now, to: stored)))
  }

  private func takeLocks(
    _ file: NoteFile, _ stored: StoredRun, _ access: StateAccess
  ) throws -> RunLocks {
    if detached, let locks = RunLocks.inherited(stored.plan) { return locks }
    return try access.lock(file, stored.plan)
  }
}
