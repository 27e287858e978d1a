import ArgumentParser
import Runbook

struct ExecCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exec", abstract: "Runs a note, and writes into it what was done.")

  @Argument(help: "The note, or NOTE.md#Heading for one section.", completion: .note)
  var note: String

  @OptionGroup var options: ExecOptions

  func run() throws { try options.run(note) }
}
