import ArgumentParser
import Runbook

struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "How often and how fast a vault's workflows ran, from their record notes.")

  @Argument(help: "A folder in the vault.", completion: .directory)
  var vault = "."

  @Flag(help: "One JSON array.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Keep the tables in this note; with a property modes, the comparison.", valueName: "note"),
    completion: .note)
  var write: String?

  func run() throws {
    let shelf = try shelf()
    let statistics = statistics(shelf)
    if let write { return try keep(statistics, shelf, in: write) }
    if json {
      Output.print(SafeText(json: try JSONText.encode(statistics.workflows)))
    } else {
      Output.print(StatsTable(statistics).text)
    }
  }

  private func shelf() throws -> RecordShelf {
    do {
      return try RecordShelf(Vault(containing: vault, trust: ProcessContext.trust))
    } catch {
      throw CheckReport.refuse([Refusals.diagnostic(error, file: vault)], asJSON: false)
    }
  }

  private func statistics(_ shelf: RecordShelf) -> RunStatistics {
    for problem in shelf.unreadable { Output.complain("warning: \(problem)") }
    return RunStatistics(
      shelf.records.lazy.compactMap { record in
        shelf.read(record, isEnough: RecordSummary.isEnough)
          .flatMap { RecordSummary($0, title: record.title)?.locating(shelf.locate) }
      })
  }

  private func keep(_ statistics: RunStatistics, _ shelf: RecordShelf, in path: String) throws {
    do {
      let file = try Vault.locate(note: path, among: .here).note
      let result = try NoteWriter().write(to: file, intent: { _ in }) { bytes in
        let note = try Note(bytes)
        try refuse(note)
        let modes = try ComparedMode.all(in: note).map { $0.locating(shelf.locate) }
        return try KeptSection.replacing(
          StatisticsTables(statistics, modes: modes, now: SystemClock().now).text, in: bytes)
      }
      for copy in result.conflictCopies {
        Output.complain("another program wrote in the same moment; its text is in “\(copy)”")
      }
      guard result.outcome != .contended else {
        throw VaultProblem("another program keeps writing into the note", fix: "try again")
      }
      Output.print(result.outcome == .unchanged ? "\(path) is up to date" : "\(path) is updated")
    } catch let problem as VaultProblem {
      throw refuse(path, problem.message, problem.fix)
    } catch let problem as KeptSection.Problem {
      throw refuse(path, problem.message, problem.fix)
    } catch let problem as ComparedMode.Problem {
      throw refuse(path, problem.message, nil)
    } catch {
      throw refuse(path, "\(error)", nil)
    }
  }

  /// What a record says stays, and what stands around a conflict may belong to either side.
  private func refuse(_ note: Note) throws {
    if note.tags.contains("runbook-run") {
      throw VaultProblem("this note is the record of a run", fix: "name another note")
    }
    if note.mergeConflictLine != nil {
      throw VaultProblem(
        "a merge conflict is left in the note",
        fix: "settle it, and delete the lines <<<<<<<, ======= and >>>>>>>")
    }
  }

  private func refuse(_ path: String, _ message: String, _ fix: String?) -> ExitStatus {
    CheckReport.refuse([Diagnostic(.error, message, file: path, fix: fix)], asJSON: false)
  }
}
