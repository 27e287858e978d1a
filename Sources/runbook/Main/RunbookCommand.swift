import ArgumentParser
import Runbook

@main
struct RunbookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runbook",
    abstract: "Run a Markdown note as a deploy, and keep the note as its record.",
    version: "0.1.0")
}
