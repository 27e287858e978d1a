import ArgumentParser
import Runbook

struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "Lists the runs that this machine remembers, the latest first.")

  @Flag(help: "One JSON array.")
  var json = false

  @Flag(help: "Forget the runs that have ended, with their logs and captured values.")
  var prune = false

  func run() throws {
    let access = try StateAccess.open()
    let archive = RunArchive(access.state)
    if prune { return try forget(archive) }
    let entries = archive.ids().reversed().compactMap { RunEntry($0, archive, access) }
    if json { return Output.print(SafeText(json: try JSONText.encode(entries))) }
    Output.print(entries.isEmpty ? "no run is remembered here" : RunTable(entries).withSteps)
  }

  private func forget(_ archive: RunArchive) throws {
    var count = 0
    for id in archive.ids() {
      guard let stored = try? archive.find(id.text), stored.state.outcome != nil else { continue }
      try stored.folder.remove()
      count += 1
    }
    Output.print("forgot \(count) run\(count == 1 ? "" : "s")")
  }
}
