import ArgumentParser
import Runbook

/// The options that say how a note is run.
struct ExecOptions: ParsableArguments {
  @OptionGroup var plan: PlanOptions

  @Flag(help: "Undo nothing after a failure.")
  var noRollback = false

  @Flag(help: "Ask before each step.")
  var step = false

  @Flag(
    help: "Answer yes to what blocks ask before they run; never to a manual step or a rollback.")
  var yes = false

  @Flag(help: "Refuse a note that has not been run here before, or has changed since.")
  var trustedOnly = false

  @Option(
    help: ArgumentHelp("Where the record goes: in-place, note, both or none.", valueName: "where"),
    completion: .values(of: RecordMode.self))
  var record: String?

  @Flag(help: "Show the plan and run nothing.")
  var dryRun = false

  @Flag(help: "Give the terminal back at once; the run goes on by itself.")
  var background = false

  @Flag(help: "Wait while another run has the note.")
  var wait = false

  @Flag(help: "Each event as a JSON object on a line of its own.")
  var json = false

  func validate() throws {
    if let record, RecordMode(rawValue: record) == nil {
      throw ValidationError("--record \(record): write in-place, note, both or none")
    }
  }

  /// Runs a note as these options say.
  ///
  /// - Parameter added: to what `--set` says.
  func run(_ note: String, setting added: [String] = []) throws {
    var plan = plan
    plan.assignments += added
    let loaded: LoadedNote
    do {
      loaded = try LoadedNote.load(NoteArgument(note)) { plan.apply(to: &$0) }
    } catch {
      throw CheckReport.refuse([error.diagnostic], asJSON: false)
    }
    CheckReport.complain(loaded.diagnostics)
    guard loaded.errors.isEmpty else {
      Output.complain("Nothing was run.")
      throw ExitStatus.usage
    }
    if dryRun {
      Output.print(
        PlanTable(plan: loaded.plan, usual: loaded.usual).text(
          TerminalSize.columnsOfOutput, .ofOutput))
      return
    }
    var runOptions = RunOptions()
    runOptions.rollsBack = !noRollback
    runOptions.assumesYes = yes
    runOptions.asksBeforeSteps = step
    runOptions.record = record.flatMap { RecordMode(rawValue: $0) } ?? loaded.plan.settings.record
    try Execution(
      loaded: loaded, choices: plan.choices, options: runOptions, isJSON: json,
      isInBackground: background, waitsForLock: wait,
      isTrustedOnly: trustedOnly
    ).run()
  }
}
