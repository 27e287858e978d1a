import ArgumentParser
import Runbook

/// Stands in for a block on a host; `runbook-step` runs it, nobody types it.
struct HostStepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "host-step", abstract: "Follows a block on a host.", shouldDisplay: false)

  @Argument(help: "The attempt's folder.")
  var folder: String

  func run() throws {
    guard
      let follower = try HostFollower(folder: folder, environment: ProcessContext.environment)
    else {
      Output.complain("error: \(folder) is no attempt at a block on a host")
      throw ExitStatus.usage
    }
    let status = follower.run()
    if status != 0 { throw ExitStatus(code: status) }
  }
}
