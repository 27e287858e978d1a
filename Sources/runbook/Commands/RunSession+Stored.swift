import Runbook

extension RunSession {
  /// The session of a run from its folder: with the surroundings that it was begun in.
  init(
    _ stored: StoredRun, _ vault: Vault, _ file: NoteFile, isJSON: Bool = false,
    front: FrontDoor? = nil
  ) throws {
    let environment = stored.header.surroundings.restored(in: ProcessContext.environment)
    ProcessContext.setMask(stored.header.surroundings.umask)
    let front = front ?? FrontDoor.open(isJSON: isJSON)
    var known = stored.secrets
    for parameter in stored.plan.parameters where parameter.isSecret {
      if let value = environment[parameter.name] { known[parameter.name] = value }
    }
    self.init(
      plan: stored.plan, file: file, vault: vault, folder: stored.folder,
      secrets: try SecretPrompt.ask(stored.plan, front, known: known),
      recordMode: stored.header.options.record, environment: environment, front: front,
      isJSON: isJSON)
  }

  /// What a killed runner left to be done for the note's last run. Refused where that has not ended.
  static func writeDownLast(
    _ access: StateAccess, _ locks: RunLocks, _ vault: Vault, _ file: NoteFile, named name: String
  ) throws {
    guard let last = try access.refuseUnfinished(locks, named: name) else { return }
    Output.complain("The run \(last.id.text) had ended, but was not written down; now it is.")
    try RunSession(last, vault, file, isJSON: true).writeDown(last)
  }

  /// For a run that has ended, and whose runner was killed before all of it was in the note and in the record.
  /// The caller has the note's lock.
  func writeDown(_ run: StoredRun) throws {
    _ = try NoteWriter.recover(folder: file.realFolder, intents: run.state.swaps)
    let journal = try JournalAmendment(run)
    let keeper = keeper
    keeper.journal = { try journal.record($0) }
    keeper.finish(run.state)
    conclude(run.state, keeper)
    try journal.record(.recorded)
    enterHistory(journal.state)
  }
}

extension StoredRun {
  /// Its note, and the vault around it.
  func place() throws -> (Vault, NoteFile) {
    do {
      return try Vault.locate(note: header.note, among: .here)
    } catch let problem as VaultProblem {
      throw RunArchive.Problem(
        message: problem.message, fix: problem.fix ?? "put the note back where it was")
    }
  }
}
