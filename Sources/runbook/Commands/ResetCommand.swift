import ArgumentParser
import Runbook

struct ResetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reset", abstract: "Takes out of a note what runs have written into it."
  )

  @Argument(help: "The note.", completion: .note)
  var note: String

  func run() throws {
    do {
      let (_, file) = try Vault.locate(note: note, among: .here)
      try refuseRecord(try Note(try file.read().bytes))
      let result = try NoteWriter().write(
        to: file, intent: { _ in }, render: { Note.stripping($0) })
      for copy in result.conflictCopies {
        Output.complain("another program wrote in the same moment; its text is in “\(copy)”")
      }
      Output.print(
        result.outcome == .unchanged ? "\(note) has no marks of runs" : "\(note) is as it was")
    } catch let problem as VaultProblem {
      throw CheckReport.refuse(
        [Diagnostic(.error, problem.message, file: note, fix: problem.fix)], asJSON: false)
    } catch let problem as NoteProblem {
      throw CheckReport.refuse(
        [Diagnostic(.error, problem.message, file: note, fix: problem.fix)], asJSON: false)
    } catch let status as ExitStatus {
      throw status
    } catch {
      throw CheckReport.refuse([Diagnostic(.error, "\(error)", file: note)], asJSON: false)
    }
  }

  private func refuseRecord(_ parsed: Note) throws {
    guard parsed.tags.contains("runbook-run") else { return }
    throw CheckReport.refuse(
      [
        Diagnostic(
          .error, "this note is the record of a run; all of it is ours", file: note,
          fix: "delete the note if you don't want it")
      ], asJSON: false)
  }
}
