/// A trap runs at the end with all that the script has set by then. It can be a block of its own only where that
/// block can say all of it again; else it stays with the commands that it needs.
extension Script {
  func exitTrap(_ unit: ScriptUnit) -> ExitTrap? {
    unit.command.flatMap { ExitTrap($0, parser) }
  }

  func hasExitTrap(_ unit: ScriptUnit) -> Bool {
    commands(in: unit).contains { ExitTrap.isExitTrap($0) }
  }

  /// Why a trap at the end of the run would not do what the script's does; nil where it would.
  func reasonToStay(trap index: Int) -> String? {
    let effects = units[index].effects
    if exitTrap(units[index]).map({ (try? ShellParser.read(Array($0.handler.utf8))) == nil })
      ?? true
    {
      return "its commands are not understood"
    }
    let lost = needs(of: effects).intersection(lostAtTheEnd(index)).sorted()
    if !lost.isEmpty {
      return "it would lose \(lost.map { "$\($0)" }.joined(separator: ", "))"
    }
    if parser.commands.count(where: { ExitTrap.isExitTrap($0) }) > 1 {
      return "the script sets or takes back its trap more than once"
    }
    if effects.asksHowItEnded || effects.uses.contains(ScriptEffects.Leak.jobs.rawValue) {
      return "it asks how the script ended, or what still runs"
    }
    if !effects.arguments.isEmpty || asksForItself(units[index]) {
      return "it asks for the script's path or arguments"
    }
    if definesLater(effects.calls, than: firstRun(after: index)) {
      return "what it calls is defined further down"
    }
    let leaks: [ScriptEffects.Leak] = [.folder, .options, .descriptors]
    let isLeft = units.indices.contains { other in
      other != index && units[other].use == .command
        && leaks.contains { units[other].effects.sets.contains($0.rawValue) }
    }
    let movesLater = units.indices.contains { other in
      other > firstRun(after: index) && units[other].use == .setting
        && units[other].effects.sets.contains(ScriptEffects.Leak.folder.rawValue)
    }
    return isLeft || movesLater && !isAnywhere(index)
      ? "commands change the folder or the shell that it runs in" : nil
  }

  /// Where commands begin that can fail once the trap is set; the script's end where none does.
  func firstRun(after index: Int) -> Int {
    units.indices.first { $0 > index && units[$0].isRun } ?? units.count
  }

  /// All variables that count, those of the settings that say others included.
  private func needs(of effects: ScriptEffects) -> Set<String> {
    var names = effects.uses
    var count = -1
    while names.count > count {
      count = names.count
      for unit in units where unit.use == .setting && !unit.effects.sets.isDisjoint(with: names) {
        names.formUnion(unit.effects.uses)
      }
    }
    return names.filter { !ScriptEffects.Leak.isLeak($0) }
  }

  /// What only the shell of some command knows, and what may not have been set when the script ends early.
  private func lostAtTheEnd(_ index: Int) -> Set<String> {
    let isEarly = exitTrap(units[index])?.isExpandedEarly ?? false
    let start = isEarly ? index : firstRun(after: index)
    return units.indices.reduce(into: []) { names, other in
      switch units[other].use {
      case .command, .arguments, .logging: names.formUnion(units[other].effects.sets)
      case .setting where other > start: names.formUnion(units[other].effects.sets)
      case .parameter(let name, _) where other > start: names.insert(name)
      case .secret(let name) where other > start: names.insert(name)
      case .computed(let name) where other > index: names.insert(name)
      default: break
      }
    }
  }

  private func asksForItself(_ unit: ScriptUnit) -> Bool {
    exitTrap(unit).map { trap in
      ["$0", "${0", "BASH_SOURCE", "LINENO", "FUNCNAME"].contains { trap.handler.contains($0) }
    } ?? true
  }

  private func definesLater(_ calls: Set<String>, than start: Int) -> Bool {
    units.indices.contains { index in
      guard index > start, let name = function(definedBy: units[index]) else { return false }
      return calls.contains(name)
    }
  }

  // MARK: The folder

  /// Nothing that it does hangs on the folder it runs in, as far as can be told.
  private func isAnywhere(_ index: Int) -> Bool {
    guard let trap = exitTrap(units[index]),
      let read = try? ShellParser.read(Array(trap.handler.utf8))
    else { return false }
    let isFree = read.commands.allSatisfy { isAnywhere($0, read.bytes) }
    return isFree
      && units[index].effects.calls.allSatisfy { name in
        let range = functions[name]?.range ?? 0..<0
        return parser.commands.allSatisfy {
          !range.contains($0.range.lowerBound) || isAnywhere($0, bytes)
        }
      }
  }

  private func isAnywhere(_ command: ShellCommand, _ bytes: [UInt8]) -> Bool {
    let isToTerminal = command.redirections.allSatisfy { redirection in
      let text = String(decoding: bytes[redirection.range], as: UTF8.self)
      let target = text.drop { "0123456789&<>|".contains($0) }.trimmingSpaces
      return text.contains(">&") || isRooted(target)
    }
    guard isToTerminal, let name = command.name else { return isToTerminal }
    if ["echo", "printf", "kill", ":", "true", "false", "exit", "return", "local", "[", "test"]
      .contains(name) || functions[name] != nil
    {
      return true
    }
    return (name == "rm" || name == "rmdir")
      && command.words.dropFirst().allSatisfy { word in
        let text = String(decoding: bytes[word.range], as: UTF8.self)
        return text.hasPrefix("-") || isRooted(text)
      }
  }

  /// A path from the root, by itself or by the variable that it begins with.
  private func isRooted(_ word: String) -> Bool {
    let text = word.drop { $0 == "\"" || $0 == "'" }
    guard text.first == "$" else { return text.first == "/" }
    let rest = text.dropFirst().drop { $0 == "{" }
    let name = String(rest.prefix { $0.utf8.allSatisfy(VariableName.isNameByte) })
    let values = parser.assignments.filter { $0.name == name }
    return ["PWD", "HOME"].contains(name)
      || !values.isEmpty
        && values.allSatisfy { assignment in
          let value = assignment.value.map { self.text($0.range) } ?? ""
          let plain = value.drop { $0 == "\"" || $0 == "'" }
          return ["/", "$PWD", "$HOME", "$(pwd", "$(mktemp)", "$(mktemp -d)"]
            .contains { plain.hasPrefix($0) }
        }
  }
}
