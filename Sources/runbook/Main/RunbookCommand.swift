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
      StatsCommand.self, MergeFileCommand.self,
      HostStepCommand.self,
    ])

  static let version = "0.1.0"
}
