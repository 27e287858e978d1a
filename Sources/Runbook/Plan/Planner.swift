/// Turns a note into a plan. Pure: no file, clock or process.
public struct Planner {
  private let note: Note
  private let request: PlanRequest
  private var problems: DiagnosticCollector

  /// The plan as far as it could be made, and everything wrong with the note. Where any diagnostic is an error
  /// the plan must not run.
  public static func plan(
    _ note: Note, _ request: PlanRequest
  ) -> (plan: Plan, diagnostics: [Diagnostic]) {
    var planner = Planner(note: note, request: request)
    let plan = planner.plan()
    return (plan, planner.problems.sorted)
  }

  private init(note: Note, request: PlanRequest) {
    self.note = note
    self.request = request
    problems = DiagnosticCollector(note: note, file: request.file)
  }

  private mutating func plan() -> Plan {
    for problem in note.problems { problems.error(problem) }
    NoteAdmission(note: note).refuse(&problems)
    let front = SettingsReader.read(note.frontMatter, into: &problems)
    let parameters = ParameterResolver(
      declarations: front.declarations, secrets: front.secrets, request: request
    ).resolve(&problems)
    let selection = SectionSelection(
      note, names: front.settings.steps, section: request.section, &problems)
    var builder = StepBuilder(
      note: note, request: request, settings: front.settings, parameters: parameters,
      selection: selection)
    var steps = builder.build(&problems)
    let exclusions = StepExclusions(steps, request, &problems)
    steps = steps.indices.map { steps[$0].excluding(exclusions.reasons[$0]) }
    refuseBadTimeouts()
    warnOfVaultFolder(front.settings, steps)
    return Plan(
      title: request.section.map { "\(request.title) › \($0)" } ?? request.title,
      file: request.file, parameters: parameters, steps: steps, settings: front.settings,
      digest: PlanDigest.plan(steps, front.settings, front.declarations))
  }

  private mutating func refuseBadTimeouts() {
    for name in ["RUNBOOK_TIMEOUT", "DEPLOY_TIMEOUT"] {
      guard let text = request.environment[name], TimeLimit(text) == nil else { continue }
      problems.error(
        "\(name) in the environment is “\(text)”, which is no duration",
        fix: TimeLimit.syntaxHelp)
    }
  }

  private mutating func warnOfVaultFolder(_ settings: Settings, _ steps: [Step]) {
    guard request.isInVault, settings.cwd == nil else { return }
    guard
      steps.contains(where: { $0.blocks.contains { $0.options.cwd == nil } })
    else { return }
    problems.warning(
      "the blocks run in the note's folder, inside the vault, where what they write shows up",
      fix: "set cwd: in the front matter")
  }
}
