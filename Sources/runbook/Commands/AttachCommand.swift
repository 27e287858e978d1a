import ArgumentParser
import Runbook

struct AttachCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attach",
    abstract: "Shows a run that goes on elsewhere, and answers what it asks.")

  @Argument(
    help: ArgumentHelp(RunChoice.help, valueName: "run"),
    completion: .runs(for: .attach))
  var runName: String?

  func run() throws {
    let access = try StateAccess.open()
    do {
      let id = try RunChoice.find(runName, for: .attach, access)
      let stored = try RunArchive(access.state).find(id.text)
      try Attachment(stored: stored, access: access).follow()
    } catch let problem as RunArchive.Problem {
      Output.complain("error: \(problem.message)\n  fix: \(problem.fix)")
      throw ExitStatus.usage
    }
  }
}
