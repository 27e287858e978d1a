/// Reads the parameters and secrets that a note's front matter declares.
struct DeclarationReader {
  private(set) var declarations: [ParameterDeclaration] = []
  private(set) var secrets: [(text: String, range: Range<Int>)] = []
  private var names: Set<String> = []
  private var problems: DiagnosticCollector

  static func read(
    _ frontMatter: FrontMatter?, into problems: inout DiagnosticCollector
  ) -> DeclarationReader {
    var reader = DeclarationReader(problems: problems)
    for entry in frontMatter?.entries ?? [] {
      switch SettingName(written: entry.key) {
      case .params, .env: reader.readParameters(entry)
      case .secrets: reader.secrets += SettingWords.read(entry, &reader.problems)
      default: break
      }
    }
    problems = reader.problems
    return reader
  }

  private init(problems: DiagnosticCollector) { self.problems = problems }

  private mutating func readParameters(_ entry: FrontMatter.Entry) {
    switch entry.value {
    case .empty: break
    case .scalar(let text, let range): declare(text, range)
    case .sequence(let values, _):
      for value in values {
        if case .scalar(let text, let range) = value {
          declare(text, range)
        } else {
          problems.error(
            "a parameter must be NAME=default or NAME", at: value.range,
            fix: "write \(Self.example(value))")
        }
      }
    case .mapping(let pairs, _):
      for pair in pairs { declare(pair) }
    }
  }

  /// What was meant by `- PORT: 8099`.
  private static func example(_ value: YAMLValue) -> String {
    guard case .mapping(let pairs, _) = value else { return "- SERVER=localhost" }
    let lines = pairs.map { pair in
      if case .scalar(let text, _) = pair.value { "- \(pair.key)=\(text)" } else { "- \(pair.key)" }
    }
    return lines.joined(separator: ", ")
  }

  private mutating func declare(_ pair: YAMLValue.Pair) {
    switch pair.value {
    case .scalar(let text, _): add(pair.key, default: text, pair.keyRange)
    case .empty: add(pair.key, default: nil, pair.keyRange)
    case .sequence, .mapping:
      problems.error(
        "the value of \(pair.key) must be text", at: pair.value.range,
        fix: "write \(pair.key): value")
    }
  }

  private mutating func declare(_ text: String, _ range: Range<Int>) {
    guard let equals = text.firstIndex(of: "=") else {
      add(text, default: nil, range)
      return
    }
    let name = text[..<equals].trimmingSpaces
    let value = text[text.index(after: equals)...].trimmingSpaces
    guard !isQuoted(value) else {
      problems.error(
        "the quotes would be part of the value", at: range,
        fix: "write - \(name)=\(value.dropFirst().dropLast())")
      return
    }
    add(name, default: value, range)
  }

  private mutating func add(_ name: String, default value: String?, _ range: Range<Int>) {
    guard VariableName.isValid(name) else {
      problems.error(
        "“\(name)” is no name for a parameter", at: range,
        fix: "use letters, digits and _, not first a digit")
      return
    }
    guard !VariableName.isReserved(name) else {
      problems.error(
        "\(name) belongs to the login environment and can't be a parameter", at: range,
        fix: "choose another name, such as APP_\(name)")
      return
    }
    guard names.insert(name).inserted else {
      problems.error("the parameter \(name) is given twice", at: range, fix: "keep one of them")
      return
    }
    if let value { warn(name, value, range) }
    declarations.append(ParameterDeclaration(name: name, defaultValue: value, range: range))
  }

  private func isQuoted(_ value: String) -> Bool {
    guard value.count > 1, let first = value.first, first == "\"" || first == "'" else {
      return false
    }
    return value.last == first
  }

  private mutating func warn(_ name: String, _ value: String, _ range: Range<Int>) {
    if let found = PhoneCharacter.first(in: problems.note.bytes, range) {
      problems.warning(
        "\(found.name) in the default of \(name)", at: found.range,
        fix: "if it is not meant, \(found.fix)")
    } else if value.contains("$") {
      problems.warning(
        "the default of \(name) is taken as it stands: nothing in it is expanded", at: range,
        fix: "put the value together inside the block")
    }
  }
}
