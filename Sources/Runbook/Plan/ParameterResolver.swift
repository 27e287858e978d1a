/// Finds each parameter's value: `--set` beats the environment beats the note's default.
struct ParameterResolver {
  let declarations: [ParameterDeclaration]
  let secrets: [(text: String, range: Range<Int>)]
  let request: PlanRequest

  func resolve(_ problems: inout DiagnosticCollector) -> [Parameter] {
    refuseUnknownAssignments(&problems)
    var all = declarations
    var names = Set(declarations.map(\.name))
    for (name, range) in secrets where names.insert(name).inserted {
      guard VariableName.isValid(name), !VariableName.isReserved(name) else {
        problems.error(
          "“\(name)” can't be the name of a secret", at: range,
          fix: name.contains("=")
            ? "write just the name, and give the value by the environment"
            : "use letters, digits and _, and no name of the login environment")
        continue
      }
      all.append(ParameterDeclaration(name: name, defaultValue: nil, range: range))
    }
    let secretNames = Set(secrets.map(\.text))
    return all.map { resolve($0, isSecret: secretNames.contains($0.name), &problems) }
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
    if let value = request.environment[name] { return (value, .environment) }
    if let value = declaration.defaultValue { return (value, .note) }
    return (nil, .missing)
  }

  private func refuseUnknownAssignments(_ problems: inout DiagnosticCollector) {
    guard !request.assignments.isEmpty else { return }
    let names = declarations.map(\.name) + secrets.map(\.text)
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
