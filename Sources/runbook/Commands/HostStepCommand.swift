import ArgumentParser
import Runbook

/// Stands in for a block on a host, or a group of them; `runbook-step` runs it, nobody types it.
struct HostStepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "host-step", abstract: "Follows a block on a host.", shouldDisplay: false)

  @Argument(help: "The attempt's folder.")
  var folder: String

  func run() throws {
    guard let status = try follow() else {
      Output.complain("error: \(folder) is no attempt at a block on a host")
      throw ExitStatus.usage
    }
    if status != 0 { throw ExitStatus(code: status) }
  }

  private func follow() throws -> Int32? {
    let environment = ProcessContext.environment
    if let follower = try FleetFollower(folder: folder, environment: environment) {
      return follower.run()
    }
    return try HostFollower(folder: folder, environment: environment)?.run()
  }
}
