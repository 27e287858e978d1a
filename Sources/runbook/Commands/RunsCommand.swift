import ArgumentParser
import Runbook

struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "Lists the runs that this machine remembers, the latest first.")

  @Flag(help: "One JSON array.")
  var json = false

  @Option(help: ArgumentHelp("Only so many, the latest.", valueName: "count"))
  var last: Int?

  @Flag(help: "Forget the runs that have ended, with their logs and captured values.")
  var prune = false

  @Option(
    help: ArgumentHelp(
      "With --prune: only those that ended longer ago, such as 90d.", valueName: "duration"))
  var olderThan: String?

  @Flag(help: "Print the history: a JSON object for each end of a run, forgotten ones too.")
  var history = false

  func validate() throws {
    if let last, last < 1 { throw ValidationError("--last \(last): write how many, 1 or more") }
    if let olderThan {
      guard prune else { throw ValidationError("--older-than says which runs --prune forgets") }
      guard TimeLimit(olderThan)?.seconds != nil else {
        throw ValidationError("--older-than \(olderThan): \(TimeLimit.syntaxHelp)")
      }
    }
    if prune && (history || last != nil || json) || history && (last != nil || json) {
      throw ValidationError("--prune, --history and the options of the list exclude each other")
    }
  }

  func run() throws {
    let access = try StateAccess.open()
    let archive = RunArchive(access.state)
    if prune { return try forget(archive, access) }
    if history {
      for line in RunHistoryFile(access.state).text() {
        Output.print(SafeText(json: String(decoding: line, as: UTF8.self)))
      }
      return
    }
    let entries = RunEntries(archive, access).latest(last)
    if json { return Output.print(SafeText(json: try JSONText.encode(entries))) }
    Output.print(entries.isEmpty ? "no run is remembered here" : RunTable(entries).withSteps)
  }

  private func forget(_ archive: RunArchive, _ access: StateAccess) throws {
    let age = olderThan.flatMap { TimeLimit($0)?.seconds } ?? 0
    let now = SystemClock().now
    var count = 0
    for id in archive.ids() {
      guard let stored = try? archive.find(id.text), stored.state.outcome != nil,
        let ended = stored.state.endedAt, ended.seconds(to: now) >= age
      else { continue }
      try archive.forget(stored)
      count += 1
    }
    Output.print("forgot \(count) run\(count == 1 ? "" : "s")")
  }
}
