extension Script {
  /// Says of each unit what becomes of it.
  mutating func sort() {
    for index in units.indices { units[index].use = firstUse(of: units[index], index) }
    leaveToCommands()
  }

  /// What hangs on a command can't be said again in front of another block; that may make commands of others.
  mutating func leaveToCommands() {
    while let index = units.indices.first(where: { dependsOnCommand($0) }) {
      units[index].use = .command
    }
  }

  /// Variables that commands set, so that their value is only known in the shell that ran them.
  private var changing: Set<String> {
    var names: Set<String> = []
    for unit in units where unit.use == .command { names.formUnion(unit.effects.sets) }
    return names.filter { !ScriptEffects.Leak.isLeak($0) }
  }

  private func dependsOnCommand(_ index: Int) -> Bool {
    switch units[index].use {
    case .setting: !units[index].effects.uses.isDisjoint(with: changing)
    case .parameter(let name, _), .secret(let name): changing.contains(name)
    case .computed(let name): changing.contains(name)
    case .atEnd: reasonToStay(trap: index) != nil
    case .function, .command, .arguments, .logging, .nothing: false
    }
  }

  // MARK: One unit

  private func firstUse(of unit: ScriptUnit, _ index: Int) -> ScriptUnit.Use {
    if let name = function(definedBy: unit) { return .function(name) }
    if readsArguments(unit) { return .arguments }
    if let use = assignmentUse(of: unit, index) { return use }
    if let trap = exitTrap(unit) { return .atEnd(handler: trap.handler) }
    if isLogging(unit) { return .logging }
    if index == units.count - 1, let command = unit.command, command.name == "exit",
      ScriptExit.mayEndWell(command, parser)
    {
      return .nothing
    }
    return isSetting(unit) ? .setting : .command
  }

  /// Loops over the arguments, and looks at how many there are.
  private func readsArguments(_ unit: ScriptUnit) -> Bool {
    let commands = commands(in: unit)
    return unit.effects.arguments.contains("#")
      || !unit.effects.arguments.isEmpty && commands.contains { $0.name == "shift" }
      || commands.contains { $0.name == "getopts" }
  }

  func commands(in unit: ScriptUnit) -> [ShellCommand] {
    parser.commands.filter {
      unit.range.contains($0.range.lowerBound) && ($0.function == nil || $0.function == main?.name)
    }
  }

  /// `exec > >(tee log) 2>&1`, `exec 2>&1`; not `exec 3>file`, which others write to.
  private func isLogging(_ unit: ScriptUnit) -> Bool {
    guard let command = unit.command, command.name == "exec", command.words.count == 1 else {
      return false
    }
    return command.redirections.allSatisfy { redirection in
      let written = text(redirection.range)
      return written.hasPrefix(">") || written.hasPrefix("&>") || written.hasPrefix("1>")
        || written.hasPrefix("2>")
    }
  }

  // MARK: Assignments

  private func assignmentUse(of unit: ScriptUnit, _ index: Int) -> ScriptUnit.Use? {
    guard let command = unit.command, command.redirections.isEmpty else { return nil }
    let inside = parser.assignments.filter { unit.range.contains($0.offset - 1) && !$0.isApart }
    if command.name == ":", command.words.count == 2, inside.count == 1 {
      return defaultUse(of: inside[0], command.words[1], index)
    }
    let isAssignment =
      command.words.isEmpty
      || ShellParser.declaring.contains(command.name ?? "") && command.words.count == 2
    guard isAssignment, inside.count == 1, let value = inside[0].value, inside[0].isPlain,
      isOnlySet(inside[0], index)
    else { return nil }
    let name = inside[0].name
    if let literal = value.literal, unit.lines.count == 1, canBeParameter(name, literal) {
      return VariableName.looksSecret(name) ? .secret(name) : .parameter(name, value: literal)
    }
    if let given = givenValue(text(value.range), of: name), canBeParameter(name, given.value ?? "")
    {
      return VariableName.looksSecret(name)
        ? .secret(name) : .parameter(name, value: given.value)
    }
    let isCapturable = VariableName.isValid(name) && !VariableName.isReserved(name)
    return !isSteady(value) && isCapturable && unit.effects.arguments.isEmpty
      ? .computed(name) : nil
  }

  /// `: "${NAME:=value}"`.
  private func defaultUse(
    of assignment: ShellAssignment, _ word: ShellWord, _ index: Int
  ) -> ScriptUnit.Use? {
    let written = text(word.range).replacing(":=", with: ":-")
    guard isOnlySet(assignment, index), let given = givenValue(written, of: assignment.name),
      canBeParameter(assignment.name, given.value ?? "")
    else { return nil }
    return VariableName.looksSecret(assignment.name)
      ? .secret(assignment.name) : .parameter(assignment.name, value: given.value)
  }

  /// `${1:-value}`, `$1`, `${NAME:-value}`, `${1:?words}`: from outside, with a default or without.
  private func givenValue(_ written: String, of name: String) -> (value: String?, Void)? {
    var text = written[...]
    if text.count > 1, text.first == "\"", text.last == "\"" { text = text.dropFirst().dropLast() }
    if text.count == 2, text.first == "$", text.last?.isNumber == true { return (nil, ()) }
    guard text.hasPrefix("${"), text.last == "}" else { return nil }
    let inner = text.dropFirst(2).dropLast()
    let source = inner.prefix { $0.utf8.allSatisfy(VariableName.isNameByte) }
    guard source == name || source.count == 1 && source.first?.isNumber == true else { return nil }
    let rest = inner.dropFirst(source.count)
    if rest.isEmpty { return source == name ? nil : (nil, ()) }
    if rest.hasPrefix(":?") || rest.hasPrefix("?") { return (nil, ()) }
    guard rest.hasPrefix(":-") || rest.hasPrefix("-") else { return nil }
    let value = rest.drop { $0 == ":" }.dropFirst()
    let isLiteral = !value.contains { "$`\"'\\{}".contains($0) }
    return isLiteral ? (String(value), ()) : nil
  }

  /// Nothing else in the script sets it, and nothing before uses it.
  private func isOnlySet(_ assignment: ShellAssignment, _ index: Int) -> Bool {
    let others = parser.assignments.filter { other in
      guard other.name == assignment.name, other.offset != assignment.offset else { return false }
      let isLocal =
        other.function.map { function in
          function != main?.name
            && parser.assignments.contains {
              $0.name == other.name && $0.function == function && $0.isLocal
            }
        } ?? false
      let isOfArguments = units.contains {
        $0.range.contains(other.offset - 1) && readsArguments($0)
      }
      return !isLocal && !isOfArguments
    }
    return others.isEmpty
      && !units[..<index].contains { $0.effects.uses.contains(assignment.name) }
  }

  private func canBeParameter(_ name: String, _ value: String) -> Bool {
    let isQuoted =
      value.count > 1 && value.first == value.last && "\"'".contains(value.first ?? " ")
    return VariableName.isValid(name) && !VariableName.isReserved(name) && !isQuoted
      && value.trimmingSpaces == value && !value.contains("$")
      && value.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }

  // MARK: Settings

  /// It does nothing but say how what follows runs: saying it again changes nothing.
  private func isSetting(_ unit: ScriptUnit) -> Bool {
    guard !unit.isBackground, !parser.loops.contains(where: { unit.range.contains($0) }),
      unit.effects.calls.isEmpty || namesFunctions(unit),
      unit.effects.arguments.isEmpty, !hasExitTrap(unit)
    else { return false }
    let commands = commands(in: unit).filter { command in
      !(command.isApart && Self.steadyCommands.contains(command.name ?? "")
        || command.name == "git")
    }
    let inside = parser.assignments.filter {
      unit.range.contains($0.offset - 1) && ($0.function == nil || $0.function == main?.name)
    }
    guard inside.allSatisfy({ $0.value.map { isSteady($0) } ?? true }),
      commands.allSatisfy({ isPure($0, endsBadly: commands.contains { endsBadly($0) }) })
    else { return false }
    // What a file's being there decides may be decided otherwise later.
    let tests = [
      " -e ", " -f ", " -d ", " -s ", " -r ", " -w ", " -x ", " -L ", " -h ", " -nt ", " -ot ",
    ]
    let written = text(unit.range)
    guard inside.isEmpty || !tests.contains(where: { written.contains($0) }) else { return false }
    // A check that sets nothing is to run once, in its place.
    return !unit.effects.sets.isEmpty || !exportedNames(unit).isEmpty
  }

  /// Of `export NAME`, which gives no value.
  func exportedNames(_ unit: ScriptUnit) -> [String] {
    guard let command = unit.command, command.name == "export" || command.name == "readonly" else {
      return []
    }
    return command.words.dropFirst().compactMap(\.literal).filter { VariableName.isValid($0) }
  }

  /// The same whenever it is worked out: of commands, only those that tell of paths and of the machine are in it.
  private func isSteady(_ word: ShellWord) -> Bool {
    guard word.isDynamic else { return true }
    let inside = parser.commands.filter { word.range.contains($0.range.lowerBound) }
    let changes = parser.references.contains {
      word.range.contains($0.range.lowerBound) && ShellParser.changing.contains($0.name)
    }
    return !inside.isEmpty && !changes && !bytes[word.range].contains(UInt8(ascii: "`"))
      && inside.allSatisfy { command in
        command.name == "git"
          ? command.words.map(\.literal).contains("--show-toplevel")
          : Self.steadyCommands.contains(command.name ?? "")
      }
  }

  private static let steadyCommands: Set<String> = [
    "dirname", "basename", "pwd", "cd", "readlink", "realpath", "uname", "whoami", "hostname", "id",
    "nproc",
  ]

  /// In a trap, by `export -f`, or in `cd folder || die`: calling them is not what it is for.
  private func namesFunctions(_ unit: ScriptUnit) -> Bool {
    if let name = unit.command?.name, ["trap", "export", "declare", "typeset"].contains(name) {
      return true
    }
    return commands(in: unit).allSatisfy { command in
      command.follows == "||"
        || !command.words.contains { functions[$0.literal ?? ""] != nil }
    }
  }

  private func endsBadly(_ command: ShellCommand) -> Bool {
    command.name == "exit" && !ScriptExit.mayEndWell(command, parser)
  }

  private func isPure(_ command: ShellCommand, endsBadly: Bool) -> Bool {
    guard command.words.allSatisfy({ isSteady($0) }) else { return false }
    guard let name = command.name else {
      return command.words.isEmpty && command.redirections.isEmpty
    }
    switch name {
    case "exit": return !ScriptExit.mayEndWell(command, parser)
    case "echo", "printf": return endsBadly || writesToError(command)
    case "source", ".", "set", "shopt", "umask", "ulimit", "alias", "unalias", "unset", "cd",
      "pushd", "popd",
      "trap":
      return command.redirections.allSatisfy { writesNowhere($0) }
    case "[", "test", ":", "true", "false", "command", "hash", "type": return true
    default:
      return ShellParser.declaring.contains(name)
        || functions[name] != nil && command.follows == "||"
    }
  }

  private func writesToError(_ command: ShellCommand) -> Bool {
    command.redirections.count == 1 && text(command.redirections[0].range).hasSuffix("&2")
  }

  private func writesNowhere(_ redirection: ShellRedirection) -> Bool {
    text(redirection.range).contains("/dev/null") || text(redirection.range).contains("&")
  }
}
