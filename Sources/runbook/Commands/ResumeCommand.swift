import ArgumentParser
import Runbook

struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Goes on with a run that waits for a person, was interrupted, stopped, or failed.")

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
      try RunResumption(
        access: access, isJSON: json, isDetached: detached,
        onAmbiguous: onAmbiguous.flatMap { AmbiguityPolicy(rawValue: $0) }
      ).resume(stored)
    } catch let problem as RunArchive.Problem {
      Output.complain("error: \(problem.message)\n  fix: \(problem.fix)")
      throw ExitStatus.usage
    }
  }
}
