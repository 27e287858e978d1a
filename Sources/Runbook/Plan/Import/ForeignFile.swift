/// Files that hold commands and are no shell scripts: read as one, all their recipes would run in a row.
struct ForeignFile {
  /// “a Makefile”
  let what: String
  /// What a block can say to run a part of it, with `NAME` for that part; nil where nothing calls it.
  let call: String?

  /// What a file is by its name, else by its text; nil where it may be a shell script.
  static func kind(of bytes: [UInt8], named path: String) -> ForeignFile? {
    // A first line that names a program says it best; which programs are shells is told elsewhere.
    guard !bytes.starts(with: "#!".utf8) else { return nil }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    if let encoding = ForeignEncoding.name(of: bytes) {
      return ForeignFile(what: "\(encoding) text", call: nil)
    }
    if bytes.contains(0) { return ForeignFile(what: "no text at all", call: name) }
    let kind = names[name.lowercased()] ?? byEnding(name)
    guard let kind else { return byText(bytes, path) }
    if case .yaml = kind { return yaml(bytes, path) }
    return kind.file(path)
  }

  /// The error that says so.
  func problem(in bytes: [UInt8], named path: String) -> NoteProblem {
    let name = path.split(separator: "/").last ?? ""
    let parts = call?.contains("NAME") == true ? targets(bytes) : []
    let calls = parts.isEmpty ? [call].compactMap(\.self) : parts.map { replacing($0) }
    let advice = calls.map { "`\($0)`" }.joined(separator: ", ")
    return NoteProblem(
      "“\(name)” is \(what), and no shell script",
      at: 0..<(bytes.firstIndex(of: 10) ?? bytes.count),
      fix: calls.isEmpty
        ? "make the note by hand: copy each of its commands into the block of a step"
        : "make the note by hand: a step for each part that is to run, with a block that calls it: "
          + advice)
  }

  private func replacing(_ target: String) -> String {
    call?.replacing("NAME", with: target) ?? target
  }

  // MARK: By name

  private enum Kind {
    case makefile, justfile, taskfile, yaml, json, dockerfile
    case program(String, String)

    func file(_ path: String) -> ForeignFile {
      switch self {
      case .makefile: ForeignFile(what: "a Makefile", call: "make NAME")
      case .justfile: ForeignFile(what: "a justfile", call: "just NAME")
      case .taskfile: ForeignFile(what: "a Taskfile", call: "task NAME")
      case .yaml: ForeignFile(what: "a YAML file", call: nil)
      case .json: ForeignFile(what: "a JSON file", call: nil)
      case .dockerfile: ForeignFile(what: "a Dockerfile", call: "docker build .")
      case .program(let language, let program):
        ForeignFile(what: "a \(language) program", call: "\(program) \(path)")
      }
    }
  }

  private static let names: [String: Kind] = [
    "makefile": .makefile, "gnumakefile": .makefile, "justfile": .justfile, ".justfile": .justfile,
    "taskfile": .taskfile, "dockerfile": .dockerfile, "containerfile": .dockerfile,
  ]

  private static func byEnding(_ name: String) -> Kind? {
    let parts = name.lowercased().split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 1, let ending = parts.last else { return nil }
    switch ending {
    case "mk", "mak": return .makefile
    case "just": return .justfile
    case "yml", "yaml": return .yaml
    case "json": return .json
    case "dockerfile": return .dockerfile
    case "py": return .program("Python", "python3")
    case "js", "mjs", "cjs": return .program("Node", "node")
    case "rb": return .program("Ruby", "ruby")
    case "pl": return .program("Perl", "perl")
    case "php": return .program("PHP", "php")
    case "ps1": return .program("PowerShell", "pwsh")
    case "fish": return .program("fish", "fish")
    case "zsh": return .program("zsh", "zsh")
    default: return nil
    }
  }

  // MARK: By text

  /// A rule of a Makefile or justfile, a mapping of YAML, an object of JSON. Asked only of what has no first line that
  /// says what it is; words in quotes and here-documents don't count where the text reads as a script.
  private static func byText(_ bytes: [UInt8], _ path: String) -> ForeignFile? {
    let first = bytes.first { $0 != 0x20 && $0 != 9 && $0 != 10 }
    if first == UInt8(ascii: "<") { return ForeignFile(what: "a markup file", call: nil) }
    if first == UInt8(ascii: "{"), isFlow(bytes) { return Kind.json.file(path) }
    guard saysNames(bytes) else { return nil }
    if isMapping(bytes), isNested(bytes) { return yaml(bytes, path) }
    let text = String(decoding: bytes, as: UTF8.self)
    return (text.contains("\n\t") ? Kind.makefile : Kind.justfile).file(path)
  }

  /// Some command's name would end in a colon, as the names of rules and keys do, and no command's does.
  private static func saysNames(_ bytes: [UInt8]) -> Bool {
    if let script = try? ShellParser.read(bytes) {
      return script.commands.contains { command in
        guard let name = command.name, command.function == nil else { return false }
        let isRule = isName(String(command.words.last?.literal ?? "")) && command.words.count > 1
        return isName(name) || isRule && isFollowedByTab(command.range, bytes)
      }
    }
    let lines = text(bytes).split(separator: "\n")
    return zip(lines, lines.dropFirst()).contains { line, next in
      rule(line) != nil && (next.first == "\t" || next.first == " ")
    }
  }

  private static func isName(_ word: String) -> Bool {
    word.count > 1 && word.hasSuffix(":") && !word.hasPrefix(":")
  }

  /// `one two:`, and its recipe.
  private static func isFollowedByTab(_ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
    bytes[range.upperBound...].starts(with: "\n\t".utf8)
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// The names in front of the colon of a line that begins a rule: `deploy: build`, `deploy env='x':`.
  private static func rule(_ line: Substring) -> Substring? {
    guard let first = line.first, first.isLetter || first == "_",
      let colon = line.firstIndex(of: ":")
    else { return nil }
    let behind = line[line.index(after: colon)...].first
    let names = line[..<colon]
    return (behind.map { $0 == " " || $0 == "\t" } ?? true) && !names.contains("=")
      ? names : nil
  }

  private static func isMapping(_ bytes: [UInt8]) -> Bool {
    let (events, problem) = YAMLParser.events(bytes, in: 0..<bytes.count)
    return problem == nil && !events.isEmpty
  }

  /// Below its first level there are keys or lists again; a recipe is YAML too, as a text of several lines.
  private static func isNested(_ bytes: [UInt8]) -> Bool {
    text(bytes).split(separator: "\n").contains { line in
      let inner = line.drop { $0 == " " }
      return inner.count < line.count && (inner.hasPrefix("- ") || rule(inner) != nil)
    }
  }

  /// Not `{ command; }`.
  private static func isFlow(_ bytes: [UInt8]) -> Bool {
    let inner = bytes.drop { $0 != UInt8(ascii: "{") }.dropFirst().first { $0 > 0x20 }
    guard inner == UInt8(ascii: "\"") || inner == UInt8(ascii: "}") else { return false }
    let last = bytes.last { $0 != 0x20 && $0 != 9 && $0 != 10 }
    return last == UInt8(ascii: "}") && isMapping(bytes)
  }

  // MARK: YAML

  private static func yaml(_ bytes: [UInt8], _ path: String) -> ForeignFile {
    let keys = Set(
      text(bytes).split(separator: "\n").compactMap { line in rule(line).map(String.init) })
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    if name.hasPrefix("taskfile.") || keys.isSuperset(of: ["version", "tasks"]) {
      return Kind.taskfile.file(path)
    }
    if keys.contains("jobs") { return ForeignFile(what: "a workflow of a CI service", call: nil) }
    if keys.contains("stages") || name == ".gitlab-ci.yml" {
      return ForeignFile(what: "a pipeline of a CI service", call: nil)
    }
    if keys.contains("services") {
      return ForeignFile(what: "a Compose file", call: "docker compose -f \(path) up -d")
    }
    if text(bytes).contains("hosts:"), text(bytes).contains("tasks:") {
      return ForeignFile(what: "an Ansible playbook", call: "ansible-playbook \(path)")
    }
    return Kind.yaml.file(path)
  }

  // MARK: Its parts

  /// At most five of what it can be asked for.
  private func targets(_ bytes: [UInt8]) -> [String] {
    let lines = Self.text(bytes).split(separator: "\n")
    let isTaskfile = call?.hasPrefix("task ") == true
    let names: [Substring]
    if isTaskfile {
      let tasks = lines.drop { !$0.hasPrefix("tasks:") }.dropFirst()
      let indent = tasks.first.map { $0.prefix { $0 == " " } } ?? ""
      names = tasks.prefix { $0.first == " " }.compactMap { line in
        line.hasPrefix(indent) ? Self.rule(line.dropFirst(indent.count)) : nil
      }
    } else {
      names = lines.compactMap { Self.rule($0) }.compactMap { $0.split(separator: " ").first }
    }
    let plain = names.map(String.init).filter { name in
      name.allSatisfy { $0.isLetter || $0.isNumber || "-_.".contains($0) }
    }
    return Array(plain.prefix(5))
  }
}
