import ArgumentParser

struct RunbookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runbook",
    abstract: "Runs a Markdown note as a deploy, and keeps the note as its record.",
    version: version,
    subcommands: [
      ExecCommand.self, PlanCommand.self, CheckCommand.self,
      NewCommand.self, InitCommand.self, DeployCommand.self,
      ResetCommand.self, LogsCommand.self,
      ResumeCommand.self, AttachCommand.self, CancelCommand.self, RollbackCommand.self,
      RunsCommand.self,
      StatsCommand.self, VerifyCommand.self, MergeFileCommand.self, TrustCommand.self,
      HostStepCommand.self,
    ])

  static let version = "0.1.0"

  /// What may stand as the first word.
  static var names: [String] {
    configuration.subcommands.compactMap { $0.configuration.commandName }
  }

  /// Whether the help of a command tells of an option.
  static func takes(_ option: String, _ name: String?) -> Bool {
    guard
      let command = configuration.subcommands.first(where: { $0.configuration.commandName == name })
    else {
      return false
    }
    return helpMessage(for: command).contains(option)
  }
}
