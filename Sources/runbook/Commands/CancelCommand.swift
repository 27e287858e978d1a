import ArgumentParser
import Runbook

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

struct CancelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel",
    abstract: "Stops a run and rolls it back, as Ctrl-C does; or gives up an interrupted one.")

  @Argument(
    help: ArgumentHelp(RunChoice.help, valueName: "run"),
    completion: .runs(for: .attach))
  var runName: String?

  @Flag(help: "Stop what still runs of an interrupted run, undo nothing, and mark it as ended.")
  var abandon = false

  func run() throws {
    let access = try StateAccess.open()
    do {
      let archive = RunArchive(access.state)
      let id = try RunChoice.find(runName, for: .cancel(abandons: abandon), access)
      if abandon, case .unreadable = archive.look(at: id) { return try setAside(id, access) }
      let stored = try archive.find(id.text)
      guard stored.state.outcome == nil else { throw hasEnded(stored) }
      let isCarried = try access.isCarried(stored)
      if isCarried, let runner = stored.state.runner {
        kill(runner.pid, SIGINT)
        Output.print("asked run \(stored.id.short) (process \(runner.pid)) to stop")
      } else if abandon {
        try giveUp(stored, access)
      } else {
        throw RunArchive.Problem(
          message: "nothing carries the run \(stored.id.text) at the moment",
          fix: "runbook resume \(stored.id.short), or cancel it with --abandon")
      }
    } catch let problem as RunArchive.Problem {
      Output.complain("error: \(problem.message)\n  fix: \(problem.fix)")
      throw ExitStatus.usage
    }
  }

  private func hasEnded(_ stored: StoredRun) -> RunArchive.Problem {
    RunArchive.Problem(
      message: "the run \(stored.id.text) has ended already", fix: "nothing is left to do")
  }

  /// Of a run whose journal can't be read nothing can be written down.
  private func setAside(_ id: RunID, _ access: StateAccess) throws {
    let locks = try NoteLock.take(ofRun: id, in: access.state)
    for case .held(let holder) in locks {
      Output.complain(
        "error: process \(holder?.pid ?? 0) carries the run \(id.text)\n"
          + "  fix: end it first, or let it come to its end")
      throw ExitStatus.locked
    }
    let path = try Abandonment.setAside(
      id, in: access.state, environment: ProcessContext.environment)
    Output.print(
      "the run \(id.text) is given up; what it did is not known, and nothing was undone\n"
        + "its files  \(path)")
    withExtendedLifetime(locks) {}
  }

  /// Also where the note is gone: then there is nothing to write into.
  private func giveUp(_ found: StoredRun, _ access: StateAccess) throws {
    let place = try? Vault.locate(note: found.header.note, among: .here)
    guard case .taken(let lock) = try NoteLock.take(note: found.header.note, in: access.state)
    else { throw ExitStatus.locked }
    defer { withExtendedLifetime(lock) {} }
    // Again, now that nobody else writes to it.
    let archive = RunArchive(access.state)
    let stored = try archive.find(found.id.text)
    guard stored.state.outcome == nil else { throw hasEnded(stored) }
    try Abandonment.abandon(stored, environment: ProcessContext.environment)
    Output.print(
      "the run \(stored.id.text) is given up; "
        + (stored.state.rollback == nil ? "nothing was undone" : "the rest is not undone"))
    guard let (vault, file) = place else { return }
    let ended = try archive.find(found.id.text)
    try RunSession(ended, vault, file, isJSON: true).writeDown(ended)
  }
}
