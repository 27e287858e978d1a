import Runbook

/// Goes on with a run from its folder: one that was interrupted or waits, or one that failed or was stopped.
struct RunResumption {
  let access: StateAccess
  var isJSON = false
  /// Started by `--background`, or from a menu: no terminal, and the note's lock is handed on.
  var isDetached = false
  var onAmbiguous: AmbiguityPolicy?
  /// Where to go on, as a person named it; nil: where the run stands.
  var from: String?

  func resume(_ found: StoredRun) throws {
    try refuseUnrecorded(found)
    try refuseEnded(found)
    let (vault, file) = try found.place()
    let locks = try takeLocks(file, found)
    defer { withExtendedLifetime(locks) {} }
    // Again, now that nobody else writes to it: its last runner may have gone on until a moment ago.
    let stored = try RunArchive(access.state).find(found.id.text)
    try refuseUnrecorded(stored)
    try refuseEnded(stored)
    access.sign(locks, for: stored.id)
    guard let status = stored.state.exitStatus else { return try goOn(stored, vault, file, locks) }
    guard stored.state.isRecorded else {
      try RunSession(stored, vault, file, isJSON: isJSON).writeDown(stored)
      if status != 0 { throw ExitStatus(code: status) }
      return
    }
    let opening = RunOpening(stored, from: try from.map(stored.step), by: ProcessContext.user)
    try refuseChanges(stored, opening.state, vault, file)
    try goOn(try opening.write(to: RunArchive(access.state)), vault, file, locks)
  }

  private func refuseUnrecorded(_ stored: StoredRun) throws {
    guard stored.isUnrecorded else { return }
    throw RunArchive.Problem(
      message:
        "the journal of the run \(stored.id.text) failed, and what was undone then is not in it",
      fix: "see in the note what was done, then runbook cancel \(stored.id.short) --abandon")
  }

  private func refuseEnded(_ stored: StoredRun) throws {
    guard stored.state.isRecorded else {
      guard from == nil else {
        throw RunArchive.Problem(
          message: "the run \(stored.id.text) has not ended, so that it goes on where it stands",
          fix: "runbook resume \(stored.id.short)")
      }
      return
    }
    let problem = RunOpening.problem(
      of: stored, in: RunArchive(access.state),
      note: ProcessContext.shown(stored.header.shownPath))
    if let problem { throw problem }
    if let from { try refuseLeftOut(try stored.step(from), stored) }
  }

  private func refuseLeftOut(_ step: StepID, _ stored: StoredRun) throws {
    guard let step = stored.plan.step(step), step.exclusion != nil else { return }
    throw RunArchive.Problem(
      message: "the run \(stored.id.text) left out the step \(step.number) “\(step.fullTitle)”",
      fix: "name another one, or run the note: runbook exec \(stored.header.file)")
  }

  private func refuseChanges(
    _ stored: StoredRun, _ state: RunState, _ vault: Vault, _ file: NoteFile
  ) throws {
    // A later rollback undoes what was done, with the blocks of then, whatever the note says by now.
    guard stored.header.undoes == nil else { return }
    let now = try Note(try file.read().bytes)
    let embeds = EmbedReader.read(now, file, named: stored.header.file, in: vault)
    let changes = ResumeCheck.changes(in: now, embeds, since: stored, at: state)
    guard !changes.isEmpty else { return }
    let id = stored.id.short
    let other =
      stored.state.outcome == nil
      ? "give the run up: runbook cancel \(id) --abandon"
      : "undo the run, and run the note again: runbook rollback \(id)"
    Output.complain(
      "error: blocks that have not run yet were changed since the run began\n"
        + ChangeListing.text(changes) + "\n  fix: put them back, or \(other)")
    throw ExitStatus.usage
  }

  private func goOn(
    _ stored: StoredRun, _ vault: Vault, _ file: NoteFile, _ locks: RunLocks
  ) throws {
    try refuseChanges(stored, stored.state, vault, file)
    let now = try Note(try file.read().bytes)
    _ = try NoteWriter.recover(folder: file.realFolder, intents: stored.state.swaps)
    var session = try RunSession(stored, vault, file, isJSON: isJSON)
    session.isDetached = isDetached
    session.locks = locks
    session.onAmbiguous = onAmbiguous
    let files = try HostAccess.files(stored.plan, file, session.environment)
    session.hosts = try HostAccess.connections(
      stored.plan, run: stored.id, file: file, files, environment: session.helperEnvironment)
    HostAccess.reopen(session.hosts, session.mask)
    session.fleets = FleetAccess(
      stored.plan, run: stored.id, files: files, environment: session.environment)
    try session.run(
      .resumed(
        stored, secrets: session.secrets, answers: ResumeCheck.answers(in: now, to: stored)))
  }

  private func takeLocks(_ file: NoteFile, _ stored: StoredRun) throws -> RunLocks {
    if isDetached, let locks = RunLocks.inherited(stored.plan) { return locks }
    return try access.lock(file, stored.plan)
  }
}
