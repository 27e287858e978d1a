import ArgumentParser
import Runbook

struct AttachCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attach",
    abstract: "Shows a run that goes on elsewhere, and answers what it asks.")

  @Argument(
    help: ArgumentHelp(
      "The run: its id or the end of it; the latest where none is named.", valueName: "run"),
    completion: .openRun)
  var runName: String?

  func run() throws {
    let access = try StateAccess.open()
    do {
      let stored = try RunArchive(access.state).find(runName)
      try Attachment(stored: stored, access: access).follow()
    } catch let problem as RunArchive.Problem {
      Output.complain("error: \(problem.message)\n  fix: \(problem.fix)")
      throw ExitStatus.usage
    }
  }
}
