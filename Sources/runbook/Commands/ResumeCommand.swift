import ArgumentParser
import Runbook

struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Goes on with a run that was interrupted, or that waits for a person.")

  @Argument(
    help: ArgumentHelp(
      "The run: its id or the end of it; the latest where none is named.", valueName: "run"))
  var runName: String?

  @Flag(help: "Each event as a JSON object on a line of its own.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "What to do about a block that ran and ended unseen: rerun, skip or rollback.",
      valueName: "what"))
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
      let stored = try RunArchive(access.state).find(runName)
      if let outcome = stored.state.outcome {
        throw RunArchive.Problem(
          message: "the run \(stored.id.text) has ended: \(outcome.rawValue)",
          fix: "run the note again: runbook exec \(stored.header.file)")
      }
      try resume(stored, access)
    } catch let problem as RunArchive.Problem {
      Output.complain("error: \(problem.message)\n  fix: \(problem.fix)")
      throw ExitStatus.usage
    }
  }

  private func resume(_ stored: StoredRun, _ access: StateAccess) throws {
    let (vault, file): (Vault, NoteFile)
    do {
      (vault, file) = try Vault.locate(note: stored.header.note)
    } catch let problem as VaultProblem {
      throw RunArchive.Problem(
        message: problem.message, fix: problem.fix ?? "put the note back where it was")
    }
    let locks = try takeLocks(file, stored, access)
    defer { withExtendedLifetime(locks) {} }
    access.sign(locks, for: stored.id)
    let now = try Note(try file.read().bytes)
    let changes = ResumeCheck.changes(in: now, since: stored)
    guard changes.isEmpty else {
      Output.complain(
        "error: blocks that have not run yet were changed since the run began\n"
          + changes.joined(separator: "\n")
          + "\n  fix: put them back, or give the run up: "
          + "runbook cancel \(stored.id.short) --abandon")
      throw ExitStatus.usage
    }
    _ = try NoteWriter.recover(folder: file.realFolder, intents: stored.state.swaps)
    try carry(stored, vault, file, answers: ResumeCheck.answers(in: now, to: stored))
  }

  private func takeLocks(
    _ file: NoteFile, _ stored: StoredRun, _ access: StateAccess
  ) throws -> RunLocks {
    if detached, let locks = RunLocks.inherited(stored.plan) { return locks }
    return try access.lock(file, stored.plan)
  }

  private func carry(
    _ stored: StoredRun, _ vault: Vault, _ file: NoteFile,
    answers: [(Question.Topic, Answer)]
  ) throws {
    let environment = stored.header.surroundings.restored(in: ProcessContext.environment)
    ProcessContext.setMask(stored.header.surroundings.umask)
    let front = FrontDoor.open(isJSON: json)
    var known = stored.secrets
    for parameter in stored.plan.parameters where parameter.isSecret {
      if let value = environment[parameter.name] { known[parameter.name] = value }
    }
    let secrets = try SecretPrompt.ask(stored.plan, front, known: known)
    var session = RunSession(
      plan: stored.plan, file: file, vault: vault, folder: stored.folder, secrets: secrets,
      recordMode: stored.header.options.record, environment: environment, front: front,
      isJSON: json)
    session.isDetached = detached
    session.onAmbiguous = onAmbiguous.flatMap { AmbiguityPolicy(rawValue: $0) }
    try session.run(.resumed(stored, secrets: secrets, answers: answers))
  }
}
