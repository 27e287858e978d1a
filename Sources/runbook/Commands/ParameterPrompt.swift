import Runbook

/// Parameters that must be given, asked for in the terminal.
enum ParameterPrompt {
  /// `NAME=value` of each that has no value, as `--set` takes them. Nil where none is missing, something else keeps the
  /// note from running anyway, or nobody is there who answers.
  static func ask(for loaded: LoadedNote) -> [String]? {
    let missing = loaded.plan.parameters.filter { $0.source == .missing && !$0.isSecret }
    guard !missing.isEmpty, loaded.errors.count == missing.count else { return nil }
    let door = FrontDoor.open(isJSON: false)
    defer { door.close() }
    guard door.canAsk else { return nil }
    var answers: [String] = []
    for parameter in missing {
      guard let value = door.ask("\(parameter.name): "), !value.isEmpty else { return nil }
      answers.append("\(parameter.name)=\(value)")
    }
    return answers
  }
}
