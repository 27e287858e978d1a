/// Turns a note into a plan. Pure: no file, clock or process.
public struct Planner {
  private let note: Note
  private let request: PlanRequest
  private var problems: PlanProblems
  /// What is wrong with the vault's own file.
  private var vaultProblems: [Diagnostic] = []

  /// The plan as far as it could be made, and everything wrong with the note and those that it embeds. Where any
  /// diagnostic is an error the plan must not run.
  public static func plan(
    _ note: Note, _ request: PlanRequest
  ) -> (plan: Plan, diagnostics: [Diagnostic]) {
    var planner = Planner(note: note, request: request)
    let plan = planner.plan()
    return (plan, planner.vaultProblems + planner.problems.all)
  }

  private init(note: Note, request: PlanRequest) {
    self.note = note
    self.request = request
    problems = PlanProblems(note, file: request.file, path: request.embeds.root)
  }

  private mutating func plan() -> Plan {
    let admission = NoteAdmission(note: note)
    guard !admission.refuseRecord(&problems[0], request), !admission.refuseTemplate(&problems[0]),
      !admission.refuseConflict(&problems[0])
    else {
      return plan([], [], Settings(), nil)
    }
    for problem in note.problems { problems[0].error(problem) }
    admission.refuseMarks(&problems[0])
    let part = PlanPartReader.read(note, request, &problems)
    let declared = PlanDeclarations.read(part, &problems)
    let parameters = ParameterResolver(declared: declared, request: request).resolve(&problems)
    let settings = settings(parameters)
    var steps = steps(part, parameters, settings)
    refuseEqualIDs(steps)
    FleetCheck.refuseMixedCaptures(steps, &problems)
    let exclusions = StepExclusions(steps, request, &problems[0])
    let longest = longestTime(parameters)
    steps = steps.indices.map {
      steps[$0].excluding(exclusions.reasons[$0]).limited(to: longest)
    }
    refuseBadTimeouts()
    warnOfVaultFolder(settings, steps)
    return plan(steps, parameters, settings, part)
  }

  private mutating func steps(
    _ part: PlanPart, _ parameters: [Parameter], _ settings: Settings
  ) -> [Step] {
    var captures: Set<String> = []
    part.walk { captures.formUnion(CaptureNames.of($0.note)) }
    let interpreter = AttributeInterpreter(
      parameters: Dictionary(
        parameters.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first }),
      captures: captures)
    var list = StepList()
    var builder = StepBuilder(
      part, request: request, interpreter: interpreter, settings: settings)
    builder.build(into: &list, &problems)
    return list.finished
  }

  /// A text can be written so that it looks like the name of an embedded step.
  private mutating func refuseEqualIDs(_ steps: [Step]) {
    var known = Set<StepID>(minimumCapacity: steps.count)
    for step in steps where !known.insert(step.id).inserted {
      problems[0].error(
        "two steps are known by the same name “\(step.id.text)”",
        fix: "give one of them a ^block-id of its own")
    }
  }

  private func plan(
    _ steps: [Step], _ parameters: [Parameter], _ settings: Settings,
    _ part: PlanPart?
  ) -> Plan {
    let executable = part.flatMap { part in
      request.listsExecutable ? ExecutableParts.list(part, request.vaultDefaults, steps) : nil
    }
    return Plan(
      title: request.section.map { "\(request.title) › \($0)" } ?? request.title,
      file: request.file, parameters: parameters, steps: steps, settings: settings,
      executable: executable ?? [])
  }

  /// The vault's, and over them the note's.
  private mutating func settings(_ parameters: [Parameter]) -> Settings {
    let values = Dictionary(
      parameters.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var settings = Settings()
    if let defaults = request.vaultDefaults {
      (settings, vaultProblems) = SettingsReader.read(defaults, parameters: values)
    }
    return SettingsReader.read(
      note.frontMatter, parameters: values, over: settings, into: &problems[0])
  }

  /// Of a block on the way forward: what `--timeout` says, and what a note that knows `DEPLOY_TIMEOUT` is given.
  private func longestTime(_ parameters: [Parameter]) -> TimeLimit {
    let parameter = parameters.first { $0.name == TimeLimit.parameter }?.value
    let given = parameter.flatMap { TimeLimit($0) } ?? .none
    // A limit of zero is refused where it is used.
    return (request.choices.timeout ?? .none).atMost(given == .seconds(0) ? .none : given)
  }

  private mutating func refuseBadTimeouts() {
    if request.choices.timeout == .seconds(0) {
      problems[0].error("--timeout can't be zero", fix: "write none for no limit")
    }
    // The first that is set counts, and only where the command line says nothing.
    guard request.choices.timeout == nil,
      let name = ["RUNBOOK_TIMEOUT", TimeLimit.parameter].first(where: {
        request.environment[$0] != nil
      }), let text = request.environment[name]
    else { return }
    let limit = TimeLimit(text)
    guard limit == nil || limit == .seconds(0) else { return }
    problems[0].error(
      "\(name) in the environment is “\(text)”, which is no duration to wait",
      fix: TimeLimit.syntaxHelp)
  }

  private mutating func warnOfVaultFolder(_ settings: Settings, _ steps: [Step]) {
    guard request.isInVault, settings.cwd == nil else { return }
    guard
      steps.contains(where: { step in
        step.blocks.contains { !$0.options.runsElsewhere && $0.options.cwd == nil }
      })
    else { return }
    problems[0].warning(
      "the blocks run in the note's folder, inside the vault, where what they write shows up",
      fix: "set cwd: in the front matter")
  }
}
