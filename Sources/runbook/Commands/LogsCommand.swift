import ArgumentParser
import Runbook

struct LogsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logs", abstract: "Shows what the steps of a run printed.")

  @Argument(
    help: ArgumentHelp(
      "The run: its id or the end of it; the latest where none is named.",
      valueName: "run"))
  var runName: String?

  @Argument(
    help: "The step: its number, its ^id or the beginning of its text; all where none is named.")
  var step: String?

  func run() throws {
    do {
      let archive = try RunArchive(StateFolder(environment: ProcessContext.environment))
      let stored = try archive.find(runName)
      for log in try stored.logs(of: step) {
        Output.print("── \(PlainText.line(log.title))")
        stored.print(log) { Output.write($0) }
      }
    } catch let problem as RunArchive.Problem {
      Output.complain("error: \(problem.message)\n  fix: \(problem.fix)")
      throw ExitStatus.usage
    }
  }
}
