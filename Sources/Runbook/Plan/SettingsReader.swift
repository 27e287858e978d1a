/// Turns front matter into settings. Parameters are known by then, so that `host: $SERVER` can be read.
struct SettingsReader {
  private(set) var settings: Settings
  private let parameters: [String: Parameter]
  /// Set while `.runbook.yml` is read.
  private let defaults: VaultDefaults?
  private var problems: DiagnosticCollector
  private var seen: Set<SettingName> = []

  static func read(
    _ frontMatter: FrontMatter?, parameters: [String: Parameter], over settings: Settings,
    into problems: inout DiagnosticCollector
  ) -> Settings {
    var reader = SettingsReader(settings, parameters, nil, problems)
    for entry in frontMatter?.entries ?? [] { reader.read(entry) }
    problems = reader.problems
    return reader.settings
  }

  /// What `.runbook.yml` says, and what is wrong with it.
  static func read(
    _ defaults: VaultDefaults, parameters: [String: Parameter]
  ) -> (Settings, [Diagnostic]) {
    do throws(NoteProblem) {
      let file = try defaults.settings()
      var problems = DiagnosticCollector(
        note: file.note, file: defaults.file, addedLines: file.addedLines)
      for problem in file.note.problems { problems.error(problem) }
      if let problem = file.secondDocument { problems.error(problem.message, fix: problem.fix) }
      var reader = SettingsReader(Settings(), parameters, defaults, problems)
      for entry in file.note.frontMatter?.entries ?? [] { reader.read(entry) }
      return (reader.settings, reader.problems.sorted)
    } catch {
      return (
        Settings(), [Diagnostic(error, file: defaults.file, bytes: defaults.bytes)]
      )
    }
  }

  private init(
    _ settings: Settings, _ parameters: [String: Parameter], _ defaults: VaultDefaults?,
    _ problems: DiagnosticCollector
  ) {
    self.settings = settings
    self.parameters = parameters
    self.defaults = defaults
    self.problems = problems
  }

  private mutating func read(_ entry: FrontMatter.Entry) {
    guard let name = SettingName(written: entry.key) else {
      refuseKey(entry)
      return
    }
    guard seen.insert(name).inserted else {
      problems.error(
        "“\(entry.key)” is given twice, with - and with _", at: entry.keyRange,
        fix: "keep one of them")
      return
    }
    switch name {
    case .params, .env, .secrets, .steps:
      guard defaults == nil else {
        problems.error(
          "“\(entry.key)” belongs in a note: this file gives defaults of settings",
          at: entry.keyRange, fix: "move it into the front matter of the notes that need it")
        return
      }
    default:
      guard let text = scalar(entry), let text = expanded(name, text, entry) else { return }
      read(name, text, entry)
    }
  }

  private mutating func read(_ name: SettingName, _ text: String, _ entry: FrontMatter.Entry) {
    let place = entry.value.range
    switch name {
    case .timeout: settings.timeout = limit(text, place) ?? settings.timeout
    case .idle: settings.idle = limit(text, place) ?? settings.idle
    case .grace: settings.grace = grace(text, place) ?? settings.grace
    case .onTimeout: settings.onTimeout = choice(text, place) ?? settings.onTimeout
    case .onError: settings.onError = choice(text, place) ?? settings.onError
    case .shell: settings.shell = interpreter(text, place) ?? settings.shell
    case .strict: settings.strict = truth(text, place) ?? settings.strict
    case .cwd: settings.cwd = path(text)
    case .host: settings.host = host(text, place) ?? settings.host
    case .sshConfig: settings.sshConfig = path(text)
    case .inventory: settings.inventory = path(text)
    case .notify: settings.notify = text
    case .logLines: settings.logLines = count(text, place, of: 0...1000) ?? settings.logLines
    case .logLimit: settings.logLimit = size(text, place) ?? settings.logLimit
    case .lock: settings.lock = text
    case .lockHost: settings.lockHost = host(text, place) ?? settings.lockHost
    case .record: settings.record = choice(text, place) ?? settings.record
    case .params, .env, .secrets, .steps: break
    }
  }

  private func path(_ text: String) -> String { defaults?.fromNote(text) ?? text }

  /// The text with `$NAME` replaced. A folder's is left to the run, and `notify` is a command of its own shell.
  private mutating func expanded(
    _ name: SettingName, _ text: String, _ entry: FrontMatter.Entry
  ) -> String? {
    let template = Template(text)
    guard name != .notify else { return text }
    for variable in template.variables where parameters[variable] == nil {
      // A file for all notes can't know each one's parameters.
      if name == .cwd, defaults != nil { continue }
      problems.error(
        "$\(variable) is not defined", at: entry.value.range,
        fix: "add \(variable) to params in the front matter")
      return nil
    }
    guard name != .cwd else { return text }
    for variable in template.variables where parameters[variable]?.value == nil { return nil }
    return template.expanded { parameters[$0]?.value }
  }

  // MARK: Values

  private mutating func limit(_ text: String, _ place: Range<Int>) -> TimeLimit? {
    guard let result = TimeLimit(text) else {
      problems.error("“\(text)” is no duration", at: place, fix: TimeLimit.syntaxHelp)
      return nil
    }
    guard result != .seconds(0) else {
      problems.error("a limit can't be zero", at: place, fix: "write none for no limit")
      return nil
    }
    return result
  }

  private mutating func grace(_ text: String, _ place: Range<Int>) -> Double? {
    if let seconds = TimeLimit(text)?.seconds { return seconds }
    problems.error(
      "“\(text)” is no duration to wait between TERM and KILL", at: place, fix: "write 10s")
    return nil
  }

  private mutating func host(_ text: String, _ place: Range<Int>) -> String? {
    if HostName.isValid(text) { return text }
    problems.error(
      text.isEmpty ? "the host is empty" : "“\(text)” is no host name", at: place,
      fix: "write web1, ana@web1 or a name of your ssh configuration; localhost is this machine")
    return nil
  }

  private mutating func choice<Choice>(_ text: String, _ place: Range<Int>) -> Choice?
  where Choice: RawRepresentable<String> & CaseIterable {
    let result = Choice(rawValue: text)
    if result == nil {
      let near = Spelling.nearest(to: text, among: Choice.allCases.map(\.rawValue))
      problems.error(
        "“\(text)” is none of the choices", at: place,
        fix: near.map { "did you mean \($0)?" }
          ?? "write \(EitherOf.text(Choice.allCases.map(\.rawValue)))",
        replacement: place.count == text.utf8.count ? near : nil)
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

  private mutating func truth(_ text: String, _ place: Range<Int>) -> Bool? {
    let result = Bool(text)
    if result == nil {
      problems.error(
        "“\(text)” is neither true nor false", at: place,
        fix: "write strict: false, or leave it out")
    }
    return result
  }

  private mutating func count(
    _ text: String, _ place: Range<Int>, of range: ClosedRange<Int>
  ) -> Int? {
    if let value = Int(text), range.contains(value) { return value }
    problems.error(
      "“\(text)” is no number from \(range.lowerBound) to \(range.upperBound)", at: place,
      fix: "write 20")
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
      problems.error(
        "“\(entry.key)” must be a single value", at: entry.value.range,
        fix: "write \(entry.key): value")
      return nil
    }
  }

  // MARK: Other keys

  private mutating func refuseKey(_ entry: FrontMatter.Entry) {
    let key = AttributeName.canonical(entry.key).lowercased()
    if Self.attributesOnly.contains(key) {
      let fix =
        key == AttributeName.continueOnError.rawValue
        ? "write on_error: continue" : "write it on the blocks: ```bash {\(key)=…}"
      problems.warning(
        "“\(entry.key)” is an attribute of blocks, and says nothing here", at: entry.keyRange,
        fix: fix)
      return
    }
    if let near = KeySpelling.meant(by: entry.key) {
      problems.error(
        "“\(entry.key)” looks like a misspelt “\(near)”", at: entry.keyRange,
        fix: "write \(near); if the key is your own, give it another name", replacement: near)
    } else if defaults != nil {
      problems.error(
        "unknown setting “\(entry.key)”", at: entry.keyRange,
        fix: "there are: "
          + SettingName.allCases.filter { ![.params, .env, .secrets, .steps].contains($0) }
          .map(\.rawValue).joined(separator: " "))
    }
  }

  private static let attributesOnly: Set<String> = [
    "retries", "interpreter", "forks", "serial", "done-if", "continue-on-error",
  ]
}
