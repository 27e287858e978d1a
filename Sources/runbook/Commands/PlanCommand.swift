import ArgumentParser
import Runbook

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Shows what a run of a note would do. Evaluates nothing.")

  @Argument(help: "The note, or NOTE.md#Heading for one section.", completion: .note)
  var note: String

  @OptionGroup var options: PlanOptions

  @Flag(help: "One JSON object.")
  var json = false

  func run() throws { try Self.show(note, options, asJSON: json) }

  /// Also what `exec --dry-run --json` gives.
  static func show(_ note: String, _ options: PlanOptions, asJSON json: Bool) throws {
    let loaded: LoadedNote
    do {
      loaded = try LoadedNote.load(NoteArgument(note)) {
        options.apply(to: &$0)
        $0.listsExecutable = json
      }
    } catch {
      // One shape, whether there is a plan or not.
      if json { Output.print(SafeText(json: try Plan.json(without: note, error.diagnostic))) }
      throw json ? ExitStatus.usage : CheckReport.refuse([error.diagnostic], asJSON: false)
    }
    if json {
      Output.print(SafeText(json: try loaded.shown.value.json(loaded.diagnostics)))
    } else {
      CheckReport.complain(loaded.diagnostics)
      if loaded.errors.isEmpty {
        Output.print(
          PlanTable(shown: loaded.shown, usual: loaded.usual).text(
            TerminalSize.columnsOfOutput, .ofOutput))
      }
    }
    if !loaded.errors.isEmpty { throw ExitStatus.usage }
  }
}
