/// Turns front matter into settings and declared parameters.
struct SettingsReader {
  private(set) var settings = Settings()
  private(set) var declarations: [ParameterDeclaration] = []
  private(set) var secrets: [String] = []
  private var problems: DiagnosticCollector

  static func read(
    _ frontMatter: FrontMatter?, into problems: inout DiagnosticCollector
  ) -> SettingsReader {
    var reader = SettingsReader(problems: problems)
    for entry in frontMatter?.entries ?? [] { reader.read(entry) }
    problems = reader.problems
    return reader
  }

  private init(problems: DiagnosticCollector) { self.problems = problems }

  private mutating func read(_ entry: FrontMatter.Entry) {
    guard let name = SettingName(written: entry.key) else {
      refuseNearMiss(entry)
      return
    }
    switch name {
    case .params, .env: readParameters(entry)
    case .secrets: secrets += words(entry)
    case .steps: settings.steps = words(entry)
    default:
      guard let text = scalar(entry) else { return }
      read(name, text, entry)
    }
  }

  private mutating func read(_ name: SettingName, _ text: String, _ entry: FrontMatter.Entry) {
    let place = entry.value.range
    switch name {
    case .timeout: settings.timeout = limit(text, place)
    case .idle: settings.idle = limit(text, place)
    case .grace: settings.grace = limit(text, place)?.seconds
    case .onTimeout: settings.onTimeout = choice(text, place)
    case .onError: settings.onError = choice(text, place)
    case .shell: settings.shell = interpreter(text, place)
    case .cwd: settings.cwd = text
    case .host: settings.host = text
    case .sshConfig: settings.sshConfig = text
    case .inventory: settings.inventory = text
    case .notify: settings.notify = text
    case .logLines: settings.logLines = count(text, place, of: 0...1000) ?? settings.logLines
    case .logLimit: settings.logLimit = size(text, place) ?? settings.logLimit
    case .lock: settings.lock = text
    case .lockHost: settings.lockHost = text
    case .record: settings.record = choice(text, place) ?? settings.record
    case .params, .env, .secrets, .steps: break
    }
  }

  // MARK: Values

  private mutating func limit(_ text: String, _ place: Range<Int>) -> TimeLimit? {
    let result = TimeLimit(text)
    if result == nil {
      problems.error("“\(text)” is no duration", at: place, fix: TimeLimit.syntaxHelp)
    }
    return result
  }

  private mutating func choice<Choice>(_ text: String, _ place: Range<Int>) -> Choice?
  where Choice: RawRepresentable<String> & CaseIterable {
    let result = Choice(rawValue: text)
    if result == nil {
      problems.error(
        "“\(text)” is none of the choices", at: place,
        fix: "write " + Choice.allCases.map(\.rawValue).joined(separator: ", or "))
    }
    return result
  }

  private mutating func interpreter(_ text: String, _ place: Range<Int>) -> Interpreter? {
    let result = Interpreter(command: text)
    if result == nil {
      problems.error(
        "“\(text)” is no command", at: place, fix: "write a program and its options: bash -eu")
    }
    return result
  }

  private mutating func count(
    _ text: String, _ place: Range<Int>, of range: ClosedRange<Int>
  ) -> Int? {
    if let value = Int(text), range.contains(value) { return value }
    problems.error(
      "“\(text)” is no number from \(range.lowerBound) to \(range.upperBound)", at: place)
    return nil
  }

  private mutating func size(_ text: String, _ place: Range<Int>) -> Int? {
    if let bytes = ByteSize(text)?.bytes { return bytes }
    problems.error("“\(text)” is no size", at: place, fix: "write 500K, 64M or 1G")
    return nil
  }

  private mutating func scalar(_ entry: FrontMatter.Entry) -> String? {
    switch entry.value {
    case .scalar(let text, _): return text
    // An empty property, as Obsidian leaves it when its value is cleared, says nothing.
    case .empty: return nil
    case .sequence, .mapping:
      problems.error("“\(entry.key)” must be a single value", at: entry.value.range)
      return nil
    }
  }

  private mutating func words(_ entry: FrontMatter.Entry) -> [String] {
    switch entry.value {
    case .empty: return []
    case .scalar(let text, _): return [text]
    case .sequence(let values, _):
      return values.compactMap { value in
        if case .scalar(let text, _) = value { return text }
        problems.error("“\(entry.key)” must be a list of words", at: value.range)
        return nil
      }
    case .mapping(_, let range):
      problems.error("“\(entry.key)” must be a list of words", at: range)
      return []
    }
  }

  // MARK: Parameters

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
            fix: "write - SERVER=localhost")
        }
      }
    case .mapping(let pairs, _):
      for pair in pairs { declare(pair) }
    }
  }

  private mutating func declare(_ pair: YAMLValue.Pair) {
    switch pair.value {
    case .scalar(let text, _): add(pair.key, default: text, pair.keyRange)
    case .empty: add(pair.key, default: nil, pair.keyRange)
    case .sequence, .mapping:
      problems.error("the value of \(pair.key) must be text", at: pair.value.range)
    }
  }

  private mutating func declare(_ text: String, _ range: Range<Int>) {
    guard let equals = text.firstIndex(of: "=") else {
      add(text, default: nil, range)
      return
    }
    let name = text[..<equals].trimmingSpaces
    add(name, default: String(text[text.index(after: equals)...]), range)
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
    guard !declarations.contains(where: { $0.name == name }) else {
      problems.error("the parameter \(name) is given twice", at: range)
      return
    }
    declarations.append(ParameterDeclaration(name: name, defaultValue: value, range: range))
  }

  /// A key that nearly is one of ours, such as `timout`, must not be passed over as the user's own.
  private mutating func refuseNearMiss(_ entry: FrontMatter.Entry) {
    let key = entry.key.lowercased()
    let near = Spelling.nearest(to: key, among: SettingName.allCases.map(\.rawValue))
    // The first letter is rarely mistyped, and `clock` or `notes` are words of their own.
    guard let near, near.first == key.first, !Self.ownWords.contains(key) else { return }
    problems.error(
      "“\(entry.key)” looks like a misspelt “\(near)”", at: entry.keyRange,
      fix: "write \(near); if the key is your own, give it another name")
  }

  /// Ordinary property names that are one slip away from ours.
  private static let ownWords: Set<String> = [
    "note", "notes", "notice", "host_name", "end", "inv", "step", "records", "rec", "code",
  ]
}
