import ArgumentParser
import Runbook

struct TrustCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trust",
    abstract: "Uses a folder's vault although others can write there; without one, lists these.")

  @Argument(help: "The folder, with all that lies in it.", completion: .directory)
  var folder: String?

  @Flag(help: "Trust the folder no longer.")
  var remove = false

  func validate() throws {
    guard folder != nil || !remove else { throw ValidationError("--remove takes a folder") }
  }

  func run() throws {
    let access = try StateAccess.open()
    try Refusals.told(as: folder ?? "trust") {
      var trusted = try TrustedFolders(
        in: access.state, environment: ProcessContext.environment)
      guard let folder else {
        for path in trusted.folders { Output.print("\(path)") }
        return
      }
      guard remove else {
        let path = try trusted.add(folder)
        return Output.print(
          """
          \(path) is trusted: what stands there may run as you, whoever wrote it.
          to undo that: runbook trust --remove \(path)
          """)
      }
      guard try trusted.remove(folder) else {
        throw VaultProblem(
          "\(folder) is not trusted by itself", fix: "see which are: runbook trust")
      }
      Output.print("\(folder) is trusted no longer.")
    }
  }
}
