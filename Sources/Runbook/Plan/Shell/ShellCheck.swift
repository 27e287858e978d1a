/// What in a shell block can't work in a run, as far as its text tells. It reads only blocks in which something may be
/// found: a vault has thousands.
struct ShellCheck {
  struct Finding: Equatable {
    let message: String
    /// Bytes of the block's code.
    let range: Range<Int>
    let fix: String
    /// The variable that nothing defines, where that is what was found.
    var undefined: String?
  }

  private let parser: ShellParser
  private let options: BlockOptions
  /// Its shell stops at the first failure.
  private let isStrict: Bool
  /// It has a deadline that somebody wrote for it or its step.
  private let hasOwnTimeout: Bool
  /// The variables that the note gives.
  private let given: Set<String>
  private let environment: [String: String]
  /// Variables of which it was said already that nothing defines them.
  private let told: Set<String>

  /// Nil where nothing is to be found, or the script can't be read.
  init?(
    _ code: [UInt8], _ options: BlockOptions, isStrict: Bool, hasOwnTimeout: Bool,
    given: Set<String>, environment: [String: String], told: Set<String> = []
  ) {
    self.options = options
    self.isStrict = isStrict
    self.hasOwnTimeout = hasOwnTimeout
    self.given = given
    self.environment = environment
    self.told = told
    guard
      ShellWords.mayMatter(
        in: code, isKnown: { told.contains($0) || Self.isKnown($0, given, environment) }),
      let parser = try? ShellParser.read(code)
    else { return nil }
    self.parser = parser
  }

  /// In the order of the block; each kind once.
  var findings: [Finding] {
    var found: [Finding] = []
    for command in parser.commands {
      let all = [reading(command), endless(command), lost(command)].compactMap(\.self)
      for finding in all where !found.contains(where: { $0.message == finding.message }) {
        found.append(finding)
      }
    }
    found += undefined
    return found.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private func words(_ command: ShellCommand) -> [String] {
    command.words.map {
      $0.literal ?? String(decoding: parser.bytes[$0.range], as: UTF8.self)
    }
  }

  // MARK: The terminal

  private func reading(_ command: ShellCommand) -> Finding? {
    guard !options.isInteractive, !command.isApart, command.redirections.isEmpty else { return nil }
    let words = words(command)
    let name = command.words.first.map(\.range) ?? command.range
    switch words.first {
    case "read" where words.dropFirst().contains { Self.isOption($0, "p") }:
      return Finding(
        message: "`read -p` asks in the terminal, which the block does not have", range: name,
        fix: "add interactive: ```bash {interactive}; or make it a parameter, or a confirm=")
    case "sudo":
      let options = words.dropFirst().prefix { $0.hasPrefix("-") }
      guard !options.contains(where: { Self.isOption($0, "nSAkKV") || $0.hasPrefix("--") }) else {
        return nil
      }
      return Finding(
        message: "sudo may ask for a password in the terminal, which the block does not have",
        range: name, fix: "write sudo -n, which fails instead of asking, or add interactive")
    case "ssh" where Self.isLogin(words.dropFirst()):
      return Finding(
        message: "ssh without a command reads from the terminal, which the block does not have",
        range: name, fix: "write the command behind the host, use host=, or add interactive")
    default: return nil
    }
  }

  /// `-rp` has the option `p`.
  private static func isOption(_ word: String, _ letters: String) -> Bool {
    word.hasPrefix("-") && !word.hasPrefix("--")
      && word.dropFirst().contains { letters.contains($0) }
  }

  /// A host, and nothing that it is to do.
  private static func isLogin(_ words: ArraySlice<String>) -> Bool {
    var rest = words
    var hosts = 0
    while let word = rest.popFirst() {
      guard word.hasPrefix("-"), hosts == 0 else {
        hosts += 1
        continue
      }
      if isOption(word, "NfOVGQWs") { return false }
      // Its value is the next word.
      if let last = word.last, word.count == 2, "BbcDEeFIiJLlmopRSw".contains(last) {
        _ = rest.popFirst()
      }
    }
    return hosts == 1
  }

  // MARK: Time

  private func endless(_ command: ShellCommand) -> Finding? {
    guard !hasOwnTimeout, options.idle == .none, options.every == nil, !command.isApart,
      !isInBackground(command)
    else { return nil }
    let words = words(command)
    guard let name = words.first, Self.isEndless(name, words.dropFirst()) else { return nil }
    let shown = name == "watch" ? name : "`\(words.prefix(4).joined(separator: " "))`"
    return Finding(
      message: "\(shown) never ends by itself", range: command.words[0].range,
      fix: "give the block a time limit of its own: {timeout=1m}, or leave out what follows the log"
    )
  }

  private static func isEndless(_ name: String, _ words: ArraySlice<String>) -> Bool {
    let follows = words.contains { $0 == "--follow" || $0.hasPrefix("--follow=") }
    switch name {
    case "watch": return true
    case "tail":
      return (follows || words.contains { isOption($0, "fF") })
        && !words.contains { $0.hasPrefix("--pid") }
    case "journalctl": return follows || words.contains { isOption($0, "f") }
    case "docker", "podman", "docker-compose", "kubectl":
      guard let logs = words.firstIndex(of: "logs") else { return false }
      return follows || words[logs...].contains { isOption($0, "f") }
    default: return false
    }
  }

  private func isInBackground(_ command: ShellCommand) -> Bool {
    parser.backgrounds.contains { sign in
      command.range.upperBound <= sign
        && !parser.bytes[command.range.upperBound..<sign].contains(10)
    }
  }

  // MARK: Failures that no option sees

  private func lost(_ command: ShellCommand) -> Finding? {
    guard isStrict, let name = command.name, ShellParser.declaring.contains(name) else {
      return nil
    }
    for word in command.words.dropFirst() where word.isDynamic {
      let text = String(decoding: parser.bytes[word.range], as: UTF8.self)
      guard let equals = text.firstIndex(of: "="), let start = text.firstRange(of: "$("),
        !text[start.upperBound...].hasPrefix("("),
        let inner = text[start.upperBound...].split(separator: " ").first,
        !Self.harmless.contains(String(inner.prefix { $0 != ")" })),
        !text.contains("|| true"), !text.contains("|| :")
      else { continue }
      let variable = text[..<equals]
      return Finding(
        message: "a failure of this $(…) is lost: `\(name)` has succeeded all the same",
        range: word.range,
        fix: name == "export" || name == "readonly"
          ? "part it in two lines: \(variable)=$(…), and then \(name) \(variable)"
          : "part it in two lines: \(name) \(variable), and then \(variable)=$(…)")
    }
    return nil
  }

  /// What does not fail.
  private static let harmless: Set<String> = [
    "date", "pwd", "echo", "printf", "basename", "dirname", "hostname", "whoami", "id", "uname",
    "nproc",
  ]

  // MARK: Names

  private var undefined: [Finding] {
    guard isStrict, !parser.commands.contains(where: Self.setsAnything) else { return [] }
    // A block that writes `${NAME:-}` somewhere knows that it may be missing.
    let own = Set(parser.assignments.map(\.name)).union(
      parser.references.filter { !isUnguarded($0) }.map(\.name))
    var told = told
    return parser.references.compactMap { reference in
      let name = reference.name
      guard VariableName.isValid(name), !told.contains(name), !own.contains(name),
        isUnguarded(reference),
        !Self.isKnown(name, given, environment)
      else { return nil }
      let near = Spelling.nearest(to: name, among: given.sorted())
      // What a login elsewhere gives nobody knows here.
      guard !options.runsElsewhere || near != nil, told.insert(name).inserted else { return nil }
      return Finding(
        message: "nothing defines $\(name)",
        range: dollar(of: reference)..<reference.range.upperBound,
        fix: near.map { "did you mean $\($0)?" }
          ?? "add \(name) to params; where it may be missing, write ${\(name):-}",
        undefined: name)
    }
  }

  private func dollar(of reference: ShellReference) -> Int {
    parser.bytes[..<reference.range.lowerBound].lastIndex(of: UInt8(ascii: "$"))
      ?? reference.range.lowerBound
  }

  /// It may set any name.
  private static func setsAnything(_ command: ShellCommand) -> Bool {
    guard let name = command.name else { return !command.words.isEmpty }
    return name == "source" || name == "." || name == "eval"
  }

  /// `$NAME`, `${NAME}`, `${#NAME}`, `${NAME%…}`; neither `${NAME:-…}` nor a name in arithmetic.
  private func isUnguarded(_ reference: ShellReference) -> Bool {
    let bytes = parser.bytes
    let start = reference.range.lowerBound
    guard start > 0 else { return false }
    if bytes[start - 1] == UInt8(ascii: "$") || bytes[..<start].suffix(3).elementsEqual("${#".utf8)
    {
      return true
    }
    guard start > 1, bytes[start - 1] == UInt8(ascii: "{"), bytes[start - 2] == UInt8(ascii: "$")
    else { return false }
    let rest = bytes[reference.range.upperBound...].prefix(2)
    let first = rest.first.map { Character(UnicodeScalar($0)) } ?? "}"
    let second = rest.dropFirst().first.map { Character(UnicodeScalar($0)) } ?? "}"
    return first == ":" ? !"-=+?".contains(second) : !"-=+?[@".contains(first)
  }

  private static func isKnown(
    _ name: String, _ given: Set<String>, _ environment: [String: String]
  ) -> Bool {
    given.contains(name) || environment[name] != nil || VariableName.isReserved(name)
      || ofShells.contains(name) || name.hasPrefix("BASH") || name.hasPrefix("SSH_")
      || name.hasPrefix("XDG_")
  }

  /// What shells set themselves.
  private static let ofShells: Set<String> = [
    "_", "COLUMNS", "COMP_WORDS", "DIRSTACK", "EPOCHREALTIME", "EPOCHSECONDS", "FUNCNAME", "GROUPS",
    "HOSTNAME", "HOSTTYPE", "LINENO", "LINES", "MACHTYPE", "OPTARG", "OPTERR", "OPTIND", "OSTYPE",
    "PIPESTATUS", "PS1", "PS2", "PS3", "RANDOM", "REPLY", "SECONDS", "SRANDOM",
  ]
}
