/// Finds each parameter's value: `--set` beats the environment beats the note's default. `--timeout` sets
/// `DEPLOY_TIMEOUT`.
struct ParameterResolver {
  let declared: PlanDeclarations
  let request: PlanRequest

  func resolve(_ problems: inout PlanProblems) -> [Parameter] {
    refuseUnknownAssignments(&problems[0])
    var all = declared.parameters
    var names = Set(all.map(\.declaration.name))
    for secret in declared.secrets where names.insert(secret.name).inserted {
      guard VariableName.isValid(secret.name), !VariableName.isReserved(secret.name) else {
        problems[secret.note].error(
          "“\(secret.name)” can't be the name of a secret", at: secret.range,
          fix: secret.name.contains("=")
            ? "write just the name, and give the value by the environment"
            : "use letters, digits and _, and no name of the login environment")
        continue
      }
      let declaration = ParameterDeclaration(
        name: secret.name, defaultValue: nil, range: secret.range)
      all.append(PlanDeclarations.Parameter(declaration: declaration, note: secret.note))
    }
    let secretNames = Set(declared.secrets.map(\.name))
    return all.map {
      resolve(
        $0.declaration, isSecret: secretNames.contains($0.declaration.name), &problems[$0.note])
    }
  }

  private func resolve(
    _ declaration: ParameterDeclaration, isSecret: Bool, _ problems: inout DiagnosticCollector
  ) -> Parameter {
    let name = declaration.name
    let isSecret = isSecret || VariableName.looksSecret(name)
    if isSecret, let value = declaration.defaultValue, !value.isEmpty {
      problems.error(
        "\(name) is a secret and must not stand in the note", at: declaration.range,
        fix: "write just \(name), and give the value by the environment")
    }
    if isSecret, request.assignments.contains(where: { $0.name == name }) {
      problems.error(
        "--set \(name): a secret on the command line is seen by every user of this machine",
        fix: "give it by the environment, or leave it out and be asked")
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
    if name == TimeLimit.parameter, let limit = request.choices.timeout {
      return (limit.parameterText, .commandLine)
    }
    if let value = request.environment[name] { return (value, .environment) }
    if let value = declaration.defaultValue { return (value, .note) }
    return (nil, .missing)
  }

  private func refuseUnknownAssignments(_ problems: inout DiagnosticCollector) {
    guard !request.assignments.isEmpty else { return }
    let names = declared.parameters.map(\.declaration.name) + declared.secrets.map(\.name)
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
