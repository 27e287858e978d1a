/// The parameters and secrets that the notes of a plan declare. A note's win over those of the notes that it embeds.
struct PlanDeclarations {
  struct Parameter {
    let declaration: ParameterDeclaration
    /// The index of the note that declares it.
    let note: Int
  }

  struct Secret {
    let name: String
    let range: Range<Int>
    let note: Int
  }

  private(set) var parameters: [Parameter] = []
  /// All names that any of the notes calls secret.
  private(set) var secrets: [Secret] = []
  /// Indices in `parameters`.
  private var known: [String: Int] = [:]
  private var fronts: [Int: DeclarationReader] = [:]

  static func read(_ part: PlanPart, _ problems: inout PlanProblems) -> PlanDeclarations {
    var result = PlanDeclarations()
    result.read(part, hidden: [], &problems)
    return result
  }

  private mutating func read(
    _ part: PlanPart, hidden: Set<String>, _ problems: inout PlanProblems
  ) {
    let front = front(of: part, &problems)
    for declaration in front.declarations where !hidden.contains(declaration.name) {
      add(Parameter(declaration: declaration, note: part.index), &problems)
    }
    let hidden = hidden.union(front.declarations.map(\.name))
    for task in part.selected {
      if let inner = part.embeds[task] { read(inner, hidden: hidden, &problems) }
    }
  }

  private mutating func front(
    of part: PlanPart, _ problems: inout PlanProblems
  ) -> DeclarationReader {
    if let known = fronts[part.index] { return known }
    let front = DeclarationReader.read(part.note.frontMatter, into: &problems[part.index])
    fronts[part.index] = front
    secrets += front.secrets.map { Secret(name: $0.text, range: $0.range, note: part.index) }
    return front
  }

  /// Two embedded notes stand side by side: neither's default may win unsaid.
  private mutating func add(_ parameter: Parameter, _ problems: inout PlanProblems) {
    let declaration = parameter.declaration
    guard let index = known[declaration.name] else {
      known[declaration.name] = parameters.count
      parameters.append(parameter)
      return
    }
    let other = parameters[index]
    guard other.declaration.defaultValue != declaration.defaultValue else { return }
    problems[parameter.note].error(
      "the parameter \(declaration.name) is declared otherwise in \(problems[other.note].file), "
        + "which is embedded too", at: declaration.range,
      fix: "declare \(declaration.name) in the note that embeds both: its default counts for all")
  }
}
