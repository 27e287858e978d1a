import ArgumentParser
import Runbook

struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "How often and how fast a vault's workflows ran, from their record notes.")

  @Argument(help: "A folder in the vault.")
  var vault = "."

  @Flag(help: "One JSON array.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Keep the tables in this note; with a property modes, the comparison.", valueName: "note"))
  var write: String?

  func run() throws {
    let statistics = try statistics()
    if let write { return try keep(statistics, in: write) }
    if json {
      Output.print(try JSONText.encode(statistics.workflows))
    } else {
      Output.print(StatsTable(statistics).text)
    }
  }

  private func statistics() throws -> RunStatistics {
    do {
      let vault = try Vault(containing: vault)
      let listing = try vault.listing()
      for problem in listing.unreadable { Output.complain("warning: \(problem)") }
      return RunStatistics(
        listing.notes.lazy.compactMap { name in
          let bytes = try? NoteFile(path: "\(vault.root)/\(name)").read().bytes
          return bytes.flatMap(RecordSummary.init)
        })
    } catch {
      throw CheckReport.refuse([Diagnostic(.error, "\(error)", file: vault)], asJSON: false)
    }
  }

  private func keep(_ statistics: RunStatistics, in path: String) throws {
    do {
      let file = try Vault.locate(note: path).note
      let result = try NoteWriter().write(to: file, intent: { _ in }) { bytes in
        let modes = try ComparedMode.all(in: Note(bytes))
        return try KeptSection.replacing(
          StatisticsTables(statistics, modes: modes).text, in: bytes)
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

  private func refuse(_ path: String, _ message: String, _ fix: String?) -> ExitStatus {
    CheckReport.refuse([Diagnostic(.error, message, file: path, fix: fix)], asJSON: false)
  }
}
