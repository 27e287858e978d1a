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
    let entries = archive.ids().reversed().compactMap { id -> RunEntry? in
      switch archive.look(at: id) {
      case .run(let run): RunEntry(run, isCarried: access.isCarriedOrUnknown(run))
      case .neverBegan: nil
      case .unreadable: RunEntry(unreadable: id)
      }
    }
    Output.print(json ? try JSONText.encode(entries) : table(entries))
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

  private func table(_ entries: [RunEntry]) -> String {
    var table = Table([
      Table.Column(title: "run", overflow: .never),
      Table.Column(title: "started", overflow: .never),
      Table.Column(title: "took", alignment: .right, overflow: .never),
      Table.Column(title: "status", overflow: .never),
      Table.Column(title: "note"),
      Table.Column(title: "step"),
    ])
    table.rows = entries.map {
      let step = $0.step ?? $0.undoes.map { "undoes \($0.suffix(4))" } ?? ""
      return [$0.short, $0.startedText, Elapsed.text($0.seconds), $0.status, $0.note, step]
    }
    guard !entries.isEmpty else { return "no run is remembered here" }
    return table.lines(width: TerminalSize.columnsOfOutput, style: .ofOutput)
      .map { $0.rendered(.ofOutput) }.joined(separator: "\n")
  }
}
