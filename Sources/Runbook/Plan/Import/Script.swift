/// A shell script, read and parted into what is never cut.
struct Script {
  let bytes: [UInt8]
  let lines: LineTable
  let parser: ShellParser
  var units: [ScriptUnit] = []
  private(set) var layout: [ScriptLayout] = []
  /// Where `main "$@"` is all that the script does in the end: the function whose body stands for it.
  private(set) var main: ShellFunction?
  /// Functions at the top level.
  let functions: [String: ShellFunction]
  private(set) var functionEffects: [String: ScriptEffects] = [:]

  init(_ bytes: [UInt8]) throws(ShellParser.Problem) {
    self.bytes = bytes
    lines = LineTable(bytes)
    parser = try ShellParser.read(bytes)
    functions = Dictionary(
      parser.functions.filter { !$0.isNested }.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    let top = units(of: parser.statements)
    var all = top
    main = nil
    if let main = mainFunction(top), let body = main.body,
      hasPlainLocals(main, units(of: try ShellParser.statements(bytes, in: body)))
    {
      self.main = main
      let isCall: (ScriptUnit) -> Bool = { $0.range == top.last?.range }
      all = top.filter { !isCall($0) && !$0.range.contains(main.range.lowerBound) }
      let inner = units(of: try ShellParser.statements(bytes, in: body))
      let bodyLines = lines.line(at: body.lowerBound) + 1..<lines.line(at: body.upperBound)
      let outer = all
      all += inner
      units = all
      let definition =
        lines.line(at: main.range.lowerBound)..<lines.line(at: main.range.upperBound) + 1
      let before = Self.layout(outer, 0, 0..<definition.lowerBound, lines, bytes)
      let after = Self.layout(outer, 0, definition.upperBound..<lines.count, lines, bytes)
      layout = before + after + [.blank] + Self.layout(inner, outer.count, bodyLines, lines, bytes)
    } else {
      units = all
      layout = Self.layout(all, 0, 0..<lines.count, lines, bytes)
    }
    readEffects()
  }

  /// Statements that share a line are one.
  private func units(of statements: [ShellStatement]) -> [ScriptUnit] {
    var units: [ScriptUnit] = []
    for statement in statements {
      let first = lines.line(at: statement.range.lowerBound)
      let last = lines.line(at: max(statement.range.lowerBound, statement.range.upperBound - 1))
      var from = first
      var isBackground = statement.isBackground
      if let before = units.last, before.lines.upperBound > first {
        from = before.lines.lowerBound
        isBackground = isBackground || before.isBackground
        units.removeLast()
      }
      let range = lines.content(of: from).lowerBound..<lines.content(of: last).upperBound
      units.append(
        ScriptUnit(
          lines: from..<last + 1, range: range, isBackground: isBackground,
          command: from == first ? onlyCommand(in: statement.range) : nil))
    }
    return units
  }

  private func onlyCommand(in range: Range<Int>) -> ShellCommand? {
    let outer = parser.commands.filter { range.contains($0.range.lowerBound) }
      .filter { command in
        !parser.commands.contains {
          $0.range != command.range && $0.range.lowerBound <= command.range.lowerBound
            && command.range.upperBound <= $0.range.upperBound
        }
      }
    guard outer.count == 1, outer[0].range.lowerBound == range.lowerBound, !outer[0].isApart,
      parser.functions.allSatisfy({ !range.contains($0.range.lowerBound) })
    else { return nil }
    return outer[0]
  }

  // MARK: main

  private func mainFunction(_ units: [ScriptUnit]) -> ShellFunction? {
    guard let last = units.last else { return nil }
    let commands = parser.commands.filter { last.range.contains($0.range.lowerBound) }
    guard commands.count == 1, let name = commands[0].name, let function = functions[name],
      let body = function.body, commands[0].words.count <= 2, commands[0].redirections.isEmpty,
      last.command != nil || isGuard(last),
      commands[0].words.count == 1 || text(commands[0].words[1].range) == "\"$@\"",
      lines.line(at: body.lowerBound) < lines.line(at: body.upperBound)
    else { return nil }
    // What only a function can do keeps it whole.
    let isPlain = parser.commands.allSatisfy { $0.function != name || $0.name != "return" }
    let isCalledOnce =
      parser.commands.count { command in command.words.contains { $0.literal == name } } == 1
    return isPlain && isCalledOnce ? function : nil
  }

  /// `local` means nothing outside: it must be a line's first word, which can be left out.
  private func hasPlainLocals(_ function: ShellFunction, _ units: [ScriptUnit]) -> Bool {
    parser.commands.allSatisfy { command in
      command.function != function.name || command.name != "local"
        || units.contains { $0.command?.range == command.range && command.words.count == 2 }
    }
  }

  /// `if [[ "${BASH_SOURCE[0]}" == "$0" ]]; then main "$@"; fi`
  private func isGuard(_ unit: ScriptUnit) -> Bool {
    parser.references.contains {
      unit.range.contains($0.range.lowerBound) && $0.name == "BASH_SOURCE"
    }
  }

  // MARK: Lines

  private static func layout(
    _ units: [ScriptUnit], _ first: Int, _ range: Range<Int>, _ lines: LineTable, _ bytes: [UInt8]
  ) -> [ScriptLayout] {
    var layout: [ScriptLayout] = []
    let starts = Dictionary(
      units.enumerated().map { ($1.lines.lowerBound, $0) }, uniquingKeysWith: { first, _ in first })
    var line = range.lowerBound
    while line < range.upperBound {
      if let unit = starts[line] {
        layout.append(.unit(first + unit))
        line = units[unit].lines.upperBound
        continue
      }
      let content = NoteText.trimmed(lines.content(of: line), in: bytes)
      if content.isEmpty {
        layout.append(.blank)
      } else if bytes[content.lowerBound] == UInt8(ascii: "#") {
        layout.append(.comment(line: line))
      }
      line += 1
    }
    return layout
  }

  // MARK: Effects

  private mutating func readEffects() {
    let names = Set(functions.keys)
    var own: [String: ScriptEffects] = [:]
    for (name, function) in functions where name != main?.name {
      own[name] = ScriptEffects.read(
        parser, in: function.range, scope: name, top: nil, functions: names)
    }
    for name in own.keys { functionEffects[name] = Self.closed(name, own) }
    for index in units.indices {
      let isDefinition = function(definedBy: units[index]) != nil
      guard !isDefinition else { continue }
      var effects = ScriptEffects.read(
        parser, in: units[index].range, scope: nil, top: main?.name, functions: names)
      for name in effects.calls { effects.add(calling: functionEffects[name] ?? ScriptEffects()) }
      if hasExitTrap(units[index]), effects.uses.remove(ScriptEffects.Leak.status.rawValue) != nil {
        effects.asksHowItEnded = true
      }
      units[index].effects = effects
    }
  }

  private static func closed(_ name: String, _ own: [String: ScriptEffects]) -> ScriptEffects {
    var effects = own[name] ?? ScriptEffects()
    var seen: Set<String> = [name]
    var waiting = effects.calls
    while let next = waiting.popFirst() {
      guard seen.insert(next).inserted, let other = own[next] else { continue }
      waiting.formUnion(other.calls)
      effects.add(calling: other)
    }
    return effects
  }

  /// What a unit asks in the terminal, by `read -p`; nil where it asks nothing.
  func asks(_ unit: ScriptUnit) -> String? {
    for command in commands(in: unit)
    where command.name == "read" && !command.isApart && command.redirections.isEmpty {
      let words = command.words.map { $0.literal ?? text($0.range) }
      let option = words.firstIndex { $0.hasPrefix("-") && $0.hasSuffix("p") }
      if let option { return option + 1 < words.count ? words[option + 1] : "" }
    }
    return nil
  }

  /// The function that is all of a unit.
  func function(definedBy unit: ScriptUnit) -> String? {
    let inside = parser.functions.filter {
      !$0.isNested && unit.range.contains($0.range.lowerBound)
    }
    guard inside.count == 1 else { return nil }
    let isAlone = parser.commands.allSatisfy { command in
      !unit.range.contains(command.range.lowerBound)
        || inside[0].range.contains(command.range.lowerBound)
    }
    return isAlone ? inside[0].name : nil
  }

  /// The blank lines and comments between two units; none where another part of the script lies between.
  func remarks(between start: Int, and end: Int) -> [Int] {
    guard start < end else { return [] }
    let isMain: (Int) -> Bool = { line in
      main.map {
        (lines.line(at: $0.range.lowerBound)...lines.line(at: $0.range.upperBound)).contains(line)
      }
        ?? false
    }
    let isOutside = !isMain(end)
    return (start..<end).filter { line in
      let content = NoteText.trimmed(lines.content(of: line), in: bytes)
      let isRemark = content.isEmpty || bytes[content.lowerBound] == UInt8(ascii: "#")
      return isRemark && !(isOutside && isMain(line))
    }
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// A line of the script, from 1.
  func line(of unit: ScriptUnit) -> Int { unit.lines.lowerBound + 1 }
}
