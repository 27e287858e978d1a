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

  @Option(
    name: .customLong("continue"),
    help: ArgumentHelp(
      "With --from: go on with this run, which failed or was stopped, with its values.",
      valueName: "run"), completion: .runs(for: .resume))
  var continued: String?

  @Flag(help: "Show the plan and run nothing.")
  var dryRun = false

  @Flag(help: "Give the terminal back at once; the run goes on by itself.")
  var background = false

  @Flag(help: "Wait while another run has the note.")
  var wait = false

  @Flag(help: "Each event as a JSON object on a line of its own.")
  var json = false

  func validate() throws {
    try refuseBesideContinue()
    if let record, RecordMode(rawValue: record) == nil {
      throw ValidationError("--record \(record): write in-place, note, both or none")
    }
  }

  /// The run that is gone on with has its own parameters and options.
  private func refuseBesideContinue() throws {
    guard continued != nil else { return }
    guard plan.from != nil else {
      throw ValidationError(
        "--continue needs --from STEP; to go on where it stands: runbook resume")
    }
    var other = plan
    other.from = nil
    guard other.assignments.isEmpty, other.choices == PlanChoices(), !noRollback, !step, !yes,
      !trustedOnly, record == nil, !dryRun, !background, !wait
    else {
      throw ValidationError(
        "--continue goes on with the parameters and options of that run; leave out all but --from")
    }
  }

  /// - Throws: where the run is another note's, or can't be gone on with.
  private func goOn(with name: String, _ note: String) throws {
    let access = try StateAccess.open()
    do {
      let stored = try RunArchive(access.state).find(name)
      let (_, file) = try stored.place()
      guard let (_, named) = try? Vault.locate(note: NoteArgument(note).path, among: .here),
        named.realPath == file.realPath
      else {
        throw RunArchive.Problem(
          message: "the run \(stored.id.text) is one of \(stored.header.file)",
          fix: "runbook exec \(stored.header.file) --from STEP --continue \(stored.id.short)")
      }
      var resumption = RunResumption(access: access, isJSON: json)
      resumption.from = plan.from
      try resumption.resume(stored)
    } catch let problem as RunArchive.Problem {
      Output.complain("error: \(problem.message)\n  fix: \(problem.fix)")
      throw ExitStatus.usage
    }
  }

  /// Runs a note as these options say.
  ///
  /// - Parameter added: to what `--set` says.
  func run(_ note: String, setting added: [String] = []) throws {
    if let continued { return try goOn(with: continued, note) }
    var plan = plan
    plan.assignments += added
    if dryRun, json { return try PlanCommand.show(note, plan, asJSON: true) }
    var loaded = try load(note, plan)
    if !isUnwatched, let answers = ParameterPrompt.ask(for: loaded) {
      plan.assignments += answers
      loaded = try load(note, plan)
    }
    CheckReport.complain(loaded.diagnostics)
    guard loaded.errors.isEmpty else {
      Output.complain("Nothing was run.")
      throw ExitStatus.usage
    }
    if dryRun {
      Output.print(
        PlanTable(shown: loaded.shown, usual: loaded.usual).text(
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

  /// Nobody is asked for what a plan or another program is to be told.
  private var isUnwatched: Bool { json || dryRun }

  private func load(_ note: String, _ plan: PlanOptions) throws -> LoadedNote {
    do {
      return try LoadedNote.load(NoteArgument(note)) { plan.apply(to: &$0) }
    } catch {
      throw CheckReport.refuse([error.diagnostic], asJSON: false)
    }
  }
}
