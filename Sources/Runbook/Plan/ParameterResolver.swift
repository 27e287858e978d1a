/// Finds each parameter's value: `--set` beats the environment beats the note's default.
struct ParameterResolver {
  let declarations: [ParameterDeclaration]
  let secrets: [String]
  let request: PlanRequest

  func resolve(_ problems: inout DiagnosticCollector) -> [Parameter] {
    refuseUnknownAssignments(&problems)
    var all = declarations
    for name in secrets where !all.contains(where: { $0.name == name }) {
      guard VariableName.isValid(name), !VariableName.isReserved(name) else {
        problems.error("“\(name)” can't be the name of a secret")
        continue
      }
      all.append(ParameterDeclaration(name: name, defaultValue: nil, range: 0..<0))
    }
    return all.map { resolve($0, &problems) }
  }

  private func resolve(
    _ declaration: ParameterDeclaration, _ problems: inout DiagnosticCollector
  ) -> Parameter {
    let name = declaration.name
    let isSecret = secrets.contains(name) || VariableName.looksSecret(name)
    if isSecret, let value = declaration.defaultValue, !value.isEmpty {
      problems.error(
        "\(name) is a secret and must not stand in the note", at: declaration.range,
        fix: "write just \(name) and give it by the environment")
    }
    let given = value(of: declaration)
    if given.value == nil, !isSecret, !request.isChecking {
      problems.error(
        "the parameter \(name) has no value", at: declaration.range,
        fix: "add --set \(name)=…, set it in the environment, or write a default in the note")
    }
    return Parameter(
      name: name, value: given.value, source: given.source, isSecret: isSecret)
  }

  private func value(
    of declaration: ParameterDeclaration
  ) -> (value: String?, source: ParameterSource) {
    let name = declaration.name
    if let set = request.assignments.last(where: { $0.name == name }) {
      return (set.value, .commandLine)
    }
    if let value = request.environment[name] { return (value, .environment) }
    if let value = declaration.defaultValue { return (value, .note) }
    return (nil, .missing)
  }

  private func refuseUnknownAssignments(_ problems: inout DiagnosticCollector) {
    let names = declarations.map(\.name) + secrets
    for assignment in request.assignments where !names.contains(assignment.name) {
      let near = Spelling.nearest(to: assignment.name, among: names)
      let known =
        names.isEmpty ? "the note has none" : "the note has " + names.joined(separator: ", ")
      problems.error(
        "--set \(assignment.name): the note has no such parameter",
        fix: near.map { "did you mean \($0)?" } ?? known)
    }
  }
}
