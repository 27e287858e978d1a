/// Which steps `--from`, `--only` and `--skip` leave out, and whether what remains can run.
struct StepExclusions {
  private let selector: StepSelector
  private let steps: [Step]
  private(set) var reasons: [Int: String] = [:]

  init(_ steps: [Step], _ request: PlanRequest, _ problems: inout DiagnosticCollector) {
    self.steps = steps
    selector = StepSelector(steps)
    let lineage = Lineage(steps: steps)
    if let from = request.choices.from, let first = find(from, "--from", &problems) {
      leaveOut("before --from") { $0 < first && !lineage.is($0, above: first) }
    }
    let only = request.choices.only.compactMap { find($0, "--only", &problems) }
    if !request.choices.only.isEmpty {
      leaveOut("not in --only") { index in
        !only.contains {
          $0 == index || lineage.is($0, above: index) || lineage.is(index, above: $0)
        }
      }
    }
    let skipped = request.choices.skip.compactMap { find($0, "--skip", &problems) }
    leaveOut("--skip") { index in skipped.contains { $0 == index || lineage.is($0, above: index) } }
    refuseMissingCaptures(&problems)
  }

  private mutating func leaveOut(_ reason: String, where test: (Int) -> Bool) {
    for index in steps.indices where reasons[index] == nil && test(index) {
      reasons[index] = reason
    }
  }

  private func find(
    _ text: String, _ option: String, _ problems: inout DiagnosticCollector
  ) -> Int? {
    switch selector.find(text) {
    case .step(let index): return index
    case .none(let nearest):
      problems.error(
        "\(option): the note has no step “\(text)”",
        fix: nearest.map { "did you mean “\($0)”?" } ?? "see `runbook plan` for its steps")
    case .several(let names):
      problems.error(
        "\(option): “\(text)” fits more than one step: " + names.joined(separator: ", "),
        fix: "give the step's number or its ^id")
    }
    return nil
  }

  /// A block that runs must not find a value empty because the step that captures it was left out.
  private func refuseMissingCaptures(_ problems: inout DiagnosticCollector) {
    guard !reasons.isEmpty else { return }
    var missing: [String: Step] = [:]
    for (index, step) in steps.enumerated() {
      for block in step.blocks {
        if reasons[index] != nil {
          if let name = block.options.capture { missing[name] = step }
        } else if !missing.isEmpty,
          let name = Self.names(in: block).first(where: { missing[$0] != nil }),
          let source = missing[name]
        {
          problems.error(
            "step \(step.number) “\(step.fullTitle)” needs $\(name), which step \(source.number) "
              + "“\(source.fullTitle)” captures and which is left out",
            fix: "run that step too")
          return
        }
      }
    }
  }

  /// Every word that could be a variable, in order: a word too many costs a question, one too few a deploy.
  private static func names(in block: Block) -> [String] {
    let templates = [block.options.cwd, block.options.confirm].compactMap { $0?.variables }
    return [block.options.condition?.name].compactMap(\.self) + templates.flatMap(\.self)
      + block.code.split { !VariableName.isNameByte($0) }
      .map { String(decoding: $0, as: UTF8.self) }
  }
}

/// Which steps stand around which.
private struct Lineage {
  let steps: [Step]

  func `is`(_ candidate: Int, above index: Int) -> Bool {
    var parent = steps[index].parent
    while let current = parent {
      if current == candidate { return true }
      parent = steps[current].parent
    }
    return false
  }
}
