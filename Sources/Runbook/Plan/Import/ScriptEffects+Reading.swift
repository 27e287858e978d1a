extension ScriptEffects {
  /// Of a part of the script at its top level, or of the body of a function.
  ///
  /// - Parameter scope: the function; those whose body stands for the top level count as it.
  static func read(
    _ script: ShellParser, in range: Range<Int>, scope: String?, top: String?,
    functions: Set<String>
  ) -> ScriptEffects {
    var effects = ScriptEffects()
    let isHere: (String?) -> Bool = { $0 == scope || scope == nil && $0 == top && top != nil }
    let set = script.assignments.filter {
      range.contains($0.offset - 1) && isHere($0.function)
    }
    let locals = Set(set.filter { $0.isLocal && scope != nil }.map(\.name))
    for assignment in set where !locals.contains(assignment.name) && !assignment.isApart {
      effects.sets.insert(assignment.name)
      if assignment.isCertain { effects.surelySets.insert(assignment.name) }
    }
    for reference in script.references
    where range.contains(reference.range.lowerBound) && isHere(reference.function) {
      let name = reference.name
      if name == "?" || name == "PIPESTATUS" {
        effects.readStatus(script, range, reference.range.lowerBound)
      } else if name == "!" {
        effects.uses.insert(Leak.jobs.rawValue)
      } else if !VariableName.isValid(name) {
        if scope == nil, name != "0", name != "$", name != "-" { effects.arguments.insert(name) }
      } else if !locals.contains(name),
        !set.contains(where: { $0.name == name && $0.offset <= reference.range.lowerBound })
      {
        effects.uses.insert(name)
      }
    }
    for command in script.commands
    where range.contains(command.range.lowerBound) && isHere(command.function) {
      effects.read(command, script, functions, in: range)
    }
    if script.backgrounds.contains(where: { range.contains($0) }) {
      effects.sets.insert(Leak.jobs.rawValue)
    }
    return effects
  }

  /// `$?` behind a command of the same part is that one's.
  private mutating func readStatus(_ script: ShellParser, _ range: Range<Int>, _ offset: Int) {
    let isOwn = script.commands.contains {
      range.contains($0.range.lowerBound) && $0.range.upperBound <= offset
    }
    if !isOwn { uses.insert(Leak.status.rawValue) }
  }

  private mutating func read(
    _ command: ShellCommand, _ script: ShellParser, _ functions: Set<String>, in range: Range<Int>
  ) {
    for word in command.words {
      if let text = word.literal, functions.contains(text) { calls.insert(text) }
    }
    if command.name == "trap" || command.name == "eval" {
      for word in command.words.dropFirst() { readLater(word, script, functions) }
    }
    if command.name == "wait" || command.name == "jobs" || command.name == "fg" {
      uses.insert(Leak.jobs.rawValue)
    }
    guard !command.isApart, let leak = Self.leak(of: command, script) else { return }
    sets.insert(leak.rawValue)
  }

  /// Of a word that the shell reads as commands, at once or when a signal comes.
  private mutating func readLater(
    _ word: ShellWord, _ script: ShellParser, _ functions: Set<String>
  ) {
    let text = word.literal ?? String(decoding: script.bytes[word.range], as: UTF8.self)
    let names = text.split { !$0.utf8.allSatisfy(VariableName.isNameByte) && $0 != "-" }
    calls.formUnion(names.map(String.init).filter { functions.contains($0) })
    for part in text.split(separator: "$", omittingEmptySubsequences: false).dropFirst() {
      let rest = part.drop { "{#!".contains($0) }
      let name = String(rest.prefix { $0.utf8.allSatisfy(VariableName.isNameByte) })
      if VariableName.isValid(name) { uses.insert(name) }
    }
    guard let read = try? ShellParser.read(Array(text.utf8)) else { return }
    var inner = Self.read(read, in: 0..<text.utf8.count, scope: nil, top: nil, functions: functions)
    asksHowItEnded = inner.uses.remove(Leak.status.rawValue) != nil || asksHowItEnded
    uses.formUnion(inner.uses)
    arguments.formUnion(inner.arguments)
  }

  private static func leak(of command: ShellCommand, _ script: ShellParser) -> Leak? {
    switch command.name {
    case "cd", "pushd", "popd": .folder
    case "set", "shopt", "umask", "ulimit", "alias", "unalias", "trap", "source", ".", "enable",
      "unset":
      .options
    case "export", "declare", "typeset":
      // `export -f name`
      command.words.dropFirst().contains {
        $0.literal?.hasPrefix("-") == true && $0.literal?.contains("f") == true
      } ? .options : nil
    case "exec": command.words.count > 1 ? .ending : .descriptors
    case "exit": ScriptExit.mayEndWell(command, script) ? .ending : nil
    default: nil
    }
  }
}
