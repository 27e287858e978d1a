extension ShellParser {
  mutating func simpleCommand() throws(Problem) {
    let start = index
    var command = ShellCommand(range: start..<start, isApart: apart > 0, function: around.last)
    while true {
      skipSpace()
      guard let byte = peek, byte != 10, !Array(";&|)".utf8).contains(byte) || isAt("&>") else {
        break
      }
      if byte == UInt8(ascii: "#") { break }
      if try redirection(into: &command) { continue }
      if byte == UInt8(ascii: "(") {
        guard command.words.count == 1, command.assignments.isEmpty,
          let name = command.words[0].literal
        else { throw Problem(message: "a bracket that is not expected here", offset: index) }
        return try function(named: name)
      }
      if command.words.isEmpty, let assignment = try assignmentWord() {
        command.assignments.append(assignment)
      } else if let word = try declaredList(command) {
        command.words.append(word)
      } else {
        command.words.append(try word())
      }
    }
    guard index > start else { throw Problem(message: "a command is missing", offset: index) }
    command.range = start..<index
    noteDeclarations(of: &command)
    commands.append(command)
    claim(commands.count - 1)
  }

  /// The here-documents that a command opened belong to it.
  mutating func claim(_ command: Int) {
    for index in pending.indices where pending[index].command < 0 {
      pending[index].command = command
    }
  }

  // MARK: Assignments

  private mutating func assignmentWord() throws(Problem) -> ShellAssignment? {
    var end = index
    while end < bytes.count, VariableName.isNameByte(bytes[end]) { end += 1 }
    let name = String(decoding: bytes[index..<end], as: UTF8.self)
    guard VariableName.isValid(name), end < bytes.count else { return nil }
    var isPlain = true
    if bytes[end] == UInt8(ascii: "[") {
      isPlain = false
      while end < bytes.count, bytes[end] != UInt8(ascii: "]"), bytes[end] != 10 { end += 1 }
      end += 1
    }
    if end < bytes.count, bytes[end] == UInt8(ascii: "+") {
      isPlain = false
      end += 1
    }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "=") else { return nil }
    if !isPlain {
      references.append(
        ShellReference(
          name: name, range: index..<index + name.utf8.count, function: around.last))
    }
    index = end + 1
    let value: ShellWord
    if peek == UInt8(ascii: "(") {
      isPlain = false
      value = try listValue()
    } else {
      value = try word(mayBeEmpty: true)
    }
    return assign(name, to: value, isPlain: isPlain)
  }

  /// `(one two three)`.
  private mutating func listValue() throws(Problem) -> ShellWord {
    let start = index
    index += 1
    var isDynamic = false
    while true {
      while let byte = peek, byte == 10 || Self.isSpace(byte) { index += 1 }
      guard let byte = peek else { throw Problem(message: "a list is not closed", offset: start) }
      if byte == UInt8(ascii: ")") { break }
      if byte == UInt8(ascii: "#") {
        comment()
      } else if byte == UInt8(ascii: "[") {
        // `[key]=value`
        while let byte = peek, byte != UInt8(ascii: "]"), byte != 10 { index += 1 }
        index += 1
        if peek == UInt8(ascii: "=") { index += 1 }
        isDynamic = try word(mayBeEmpty: true).isDynamic || isDynamic
      } else {
        let item = try word()
        isDynamic = isDynamic || item.isDynamic || item.literal == nil && isGlob(item.range)
      }
    }
    index += 1
    wholes.append(start..<index)
    return ShellWord(range: start..<index, literal: nil, isDynamic: isDynamic)
  }

  /// In a list, what files there are is looked up.
  private func isGlob(_ range: Range<Int>) -> Bool {
    bytes[range].contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
  }

  /// `NAME=(…)` behind `declare` and the like.
  private mutating func declaredList(_ command: ShellCommand) throws(Problem) -> ShellWord? {
    guard let name = command.name, Self.declaring.contains(name) else { return nil }
    let start = index
    var end = index
    while end < bytes.count, VariableName.isNameByte(bytes[end]) { end += 1 }
    guard end > start, bytes[end...].starts(with: "=(".utf8) else { return nil }
    index = end + 1
    let value = try listValue()
    return ShellWord(
      range: start..<index, literal: nil, isDynamic: value.isDynamic)
  }

  static let declaring: Set<String> = ["local", "declare", "typeset", "readonly", "export"]

  @discardableResult
  mutating func assign(_ name: String, to value: ShellWord?, isPlain: Bool) -> ShellAssignment {
    let assignment = ShellAssignment(
      name: name, value: value, offset: index, isPlain: isPlain, isCertain: uncertain == 0,
      isApart: apart > 0, function: around.last)
    assignments.append(assignment)
    return assignment
  }

  /// Commands that give variables their values: `local x=1`, `read x`, `printf -v x`.
  private mutating func noteDeclarations(of command: inout ShellCommand) {
    guard let name = command.name else { return }
    let words = command.words.dropFirst()
    switch name {
    case _ where Self.declaring.contains(name):
      for word in words { note(word, isLocal: name == "local" || isInFunction(name)) }
    case "read": noteRead(words)
    case "mapfile", "readarray", "unset", "getopts":
      for word in words {
        if let text = word.literal, VariableName.isValid(text) { given(text, by: word) }
      }
    case "printf":
      let texts = words.map(\.literal)
      if texts.first == "-v", texts.count > 1, let text = texts[1],
        let word = words.dropFirst().first
      {
        given(text, by: word)
      }
    case "let":
      for word in words { noteArithmetic(in: word.range, names: true) }
    default: break
    }
  }

  /// `read -p question NAME`; without a name it is REPLY.
  private mutating func noteRead(_ words: ArraySlice<ShellWord>) {
    var names: [(String, ShellWord)] = []
    var skips = false
    for word in words {
      defer { skips = !skips && (word.literal.map { Self.takesWord($0) } ?? false) }
      if !skips, let text = word.literal, VariableName.isValid(text) { names.append((text, word)) }
    }
    if names.isEmpty, let last = words.last { names = [("REPLY", last)] }
    for (name, word) in names { given(name, by: word) }
  }

  /// An option of `read` whose value is the next word.
  private static func takesWord(_ option: String) -> Bool {
    option.hasPrefix("-") && option.last.map { "pntdNiu".contains($0) } ?? false
  }

  /// `declare` in a function makes what it names local.
  private func isInFunction(_ name: String) -> Bool {
    (name == "declare" || name == "typeset") && !around.isEmpty
  }

  private mutating func given(_ name: String, by word: ShellWord) {
    assignments.append(
      ShellAssignment(
        name: name, value: nil, offset: word.range.upperBound, isPlain: false,
        isCertain: uncertain == 0, isApart: apart > 0, function: around.last))
  }

  private mutating func note(_ word: ShellWord, isLocal: Bool) {
    let text = String(decoding: bytes[word.range], as: UTF8.self)
    let name = String(text.prefix { $0.utf8.allSatisfy(VariableName.isNameByte) })
    guard VariableName.isValid(name) else { return }
    let rest = text.dropFirst(name.count)
    // `export NAME` changes nothing of its value.
    guard rest.first == "=" || isLocal && rest.isEmpty else { return }
    assignments.append(
      ShellAssignment(
        name: name,
        value: rest.isEmpty
          ? nil
          : ShellWord(
            range: word.range.lowerBound + name.utf8.count + 1..<word.range.upperBound,
            literal: word.literal.map { String($0.dropFirst(name.count + 1)) },
            isDynamic: word.isDynamic),
        offset: word.range.upperBound, isPlain: !rest.hasPrefix("=("),
        isCertain: uncertain == 0, isLocal: isLocal, isApart: apart > 0, function: around.last))
  }

  // MARK: Redirections

  /// False where none stands here.
  mutating func redirection(into command: inout ShellCommand) throws(Problem) -> Bool {
    skipSpace()
    let start = index
    var end = index
    while end < bytes.count, (0x30...0x39).contains(bytes[end]) { end += 1 }
    if end == start, bytes[start...].starts(with: Array("{".utf8)),
      let close = descriptorName(start)
    {
      end = close
    }
    guard end < bytes.count else { return false }
    let signs = ["<<<", "<<-", "<<", "<&", "<>", "<", ">>", ">&", ">|", ">", "&>>", "&>"]
    guard let sign = signs.first(where: { bytes[end...].starts(with: Array($0.utf8)) }) else {
      return false
    }
    // `<(…)` is a word.
    let behind = end + sign.utf8.count
    if sign == "<" || sign == ">", behind < bytes.count, bytes[behind] == UInt8(ascii: "(") {
      return false
    }
    index = behind
    skipSpace()
    guard sign == "<<" || sign == "<<-" else {
      _ = try word()
      command.redirections.append(ShellRedirection(range: start..<index, heredoc: nil))
      return true
    }
    let before = index
    let delimiter = try word()
    guard let text = delimiter.literal else {
      throw Problem(message: "the end of a here-document is not plain text", offset: before)
    }
    let isQuoted = bytes[delimiter.range].contains { Array("'\"\\".utf8).contains($0) }
    command.redirections.append(
      ShellRedirection(
        range: start..<index,
        heredoc: .init(body: index..<index, isQuoted: isQuoted, stripsTabs: sign == "<<-")))
    pending.append((-1, command.redirections.count - 1, text))
    return true
  }

  /// `{name}>file`.
  private func descriptorName(_ start: Int) -> Int? {
    guard let close = bytes[start...].prefix(40).firstIndex(of: UInt8(ascii: "}")),
      VariableName.isValid(String(decoding: bytes[start + 1..<close], as: UTF8.self)),
      close + 1 < bytes.count,
      bytes[close + 1] == UInt8(ascii: "<") || bytes[close + 1] == UInt8(ascii: ">")
    else { return nil }
    return close + 1
  }

  // MARK: Lines

  /// Takes the end of a line, and the here-documents that follow it.
  mutating func newline() throws(Problem) {
    index += 1
    let waiting = pending
    pending = []
    for (command, redirection, end) in waiting {
      guard command >= 0, let heredoc = commands[command].redirections[redirection].heredoc else {
        throw Problem(message: "a here-document in a place that is not understood", offset: index)
      }
      let start = index
      var line = start
      while true {
        guard line < bytes.count else {
          throw Problem(message: "a here-document does not end: \(end) is missing", offset: start)
        }
        let stop = bytes[line...].firstIndex(of: 10) ?? bytes.count
        let text = bytes[line..<stop].drop { heredoc.stripsTabs && $0 == 9 }
        index = min(stop + 1, bytes.count)
        if text.elementsEqual(end.utf8) { break }
        line = index
      }
      let next = index
      commands[command].redirections[redirection] = ShellRedirection(
        range: commands[command].redirections[redirection].range,
        heredoc: .init(
          body: start..<line, isQuoted: heredoc.isQuoted, stripsTabs: heredoc.stripsTabs))
      wholes.append(start..<next)
      if !heredoc.isQuoted { try expansions(in: start..<line) }
      index = next
    }
  }

  mutating func comment() {
    let start = index
    while let byte = peek, byte != 10 { index += 1 }
    comments.append(start..<index)
  }

  /// Spaces, line ends, comments and lone semicolons.
  mutating func skipLines() throws(Problem) {
    while true {
      skipSpace()
      if peek == UInt8(ascii: "#") {
        comment()
      } else if peek == 10 {
        try newline()
      } else {
        return
      }
    }
  }
}
