/// Reads a shell script as far as parting it needs: where commands begin and end, what they set and use. What it does
/// not understand it refuses.
struct ShellParser {
  /// Why a script can't be read.
  struct Problem: Error, Equatable {
    let message: String
    let offset: Int
  }

  let bytes: [UInt8]
  var index = 0
  private(set) var statements: [ShellStatement] = []
  /// Those within others too, an inner one before the one around it.
  private(set) var allStatements: [ShellStatement] = []
  var commands: [ShellCommand] = []
  var assignments: [ShellAssignment] = []
  var references: [ShellReference] = []
  var functions: [ShellFunction] = []
  /// Comments, from `#` to the line's end.
  var comments: [Range<Int>] = []
  /// Words and here-documents, of which those over several lines are not to be touched.
  var wholes: [Range<Int>] = []
  /// The commands whose here-document is still to come, with its end.
  var pending: [(command: Int, redirection: Int, end: String)] = []
  /// Names of functions around, innermost last.
  var around: [String] = []
  /// In how many subshells.
  var apart = 0
  /// In how many conditions and loops.
  var uncertain = 0
  /// The offsets of each `&` that sends a command into the background.
  private(set) var backgrounds: [Int] = []
  /// Where loops begin.
  private(set) var loops: [Int] = []
  private var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The whole script.
  static func read(_ bytes: [UInt8]) throws(Problem) -> ShellParser {
    var parser = ShellParser(bytes)
    parser.statements = try parser.list(until: [])
    guard parser.index == bytes.count else {
      throw Problem(message: "this is not expected here", offset: parser.index)
    }
    guard parser.pending.isEmpty else {
      throw Problem(message: "a here-document does not end", offset: bytes.count)
    }
    return parser
  }

  /// The statements in a part of a script, say a function's body.
  static func statements(_ bytes: [UInt8], in range: Range<Int>) throws(Problem) -> [ShellStatement]
  {
    var parser = ShellParser(Array(bytes[..<range.upperBound]))
    parser.index = range.lowerBound
    return try parser.list(until: [])
  }

  // MARK: Lists

  /// Statements up to a word that ends them, which is left.
  mutating func list(until ends: Set<String>) throws(Problem) -> [ShellStatement] {
    depth += 1
    defer { depth -= 1 }
    guard depth < 100 else {
      throw Problem(message: "commands are nested too deeply", offset: index)
    }
    var found: [ShellStatement] = []
    while true {
      try skipLines()
      guard let byte = peek else { break }
      if byte == UInt8(ascii: ")") || isAt(";;") || isAt(";&") { break }
      if ends.contains(nextWord) { break }
      let start = index
      try andOr()
      skipSpace()
      var isBackground = false
      if peek == UInt8(ascii: "&") || peek == UInt8(ascii: ";"), !isAt(";;"), !isAt(";&") {
        isBackground = peek == UInt8(ascii: "&")
        if isBackground { backgrounds.append(index) }
        index += 1
      }
      let statement = found.count
      found.append(ShellStatement(range: start..<index, isBackground: isBackground))
      skipSpace()
      if peek == UInt8(ascii: "#") { comment() }
      if peek == 10 {
        let hasBody = !pending.isEmpty
        try newline()
        let end = bytes[index - 1] == 10 ? index - 1 : index
        if hasBody { found[statement].range = start..<end }
      }
    }
    allStatements += found
    return found
  }

  private mutating func andOr() throws(Problem) {
    try pipeline()
    uncertain += 1
    defer { uncertain -= 1 }
    while true {
      skipSpace()
      guard isAt("&&") || isAt("||") else { break }
      let sign = isAt("&&") ? "&&" : "||"
      index += 2
      try skipLines()
      let next = commands.count
      try pipeline()
      if commands.indices.contains(next) { commands[next].follows = sign }
    }
  }

  private mutating func pipeline() throws(Problem) {
    let first = (commands.count, assignments.count)
    var parts = 1
    skipSpace()
    while nextWord == "!" || nextWord == "time" { skipWord() }
    try command()
    while true {
      skipSpace()
      guard peek == UInt8(ascii: "|"), !isAt("||") else { break }
      index += isAt("|&") ? 2 : 1
      parts += 1
      try skipLines()
      try command()
    }
    guard parts > 1 else { return }
    for command in first.0..<commands.count { commands[command].isApart = true }
    for assignment in first.1..<assignments.count { assignments[assignment].isApart = true }
  }

  // MARK: Commands

  private mutating func command() throws(Problem) {
    skipSpace()
    guard let byte = peek else { throw Problem(message: "a command is missing", offset: index) }
    if isAt("(("), takeArithmetic(from: index) {
      // Nothing more to it.
    } else if byte == UInt8(ascii: "(") {
      index += 1
      apart += 1
      _ = try list(until: [])
      apart -= 1
      try expect(")")
    } else {
      switch nextWord {
      case "{":
        skipWord()
        _ = try list(until: ["}"])
        try expectWord("}")
      case "if": try conditional()
      case "while", "until":
        loops.append(index)
        skipWord()
        _ = try list(until: ["do"])
        try body()
      case "for", "select": try loop()
      case "case": try choice()
      case "[[": try test()
      case "function":
        skipWord()
        skipSpace()
        try function(named: takeName())
        return
      default:
        try simpleCommand()
        return
      }
    }
    try redirectionsOfCompound()
  }

  private mutating func redirectionsOfCompound() throws(Problem) {
    var command = ShellCommand(
      range: index..<index, isApart: apart > 0, function: around.last)
    while try redirection(into: &command) {}
    guard !command.redirections.isEmpty else { return }
    command.range = command.redirections[0].range.lowerBound..<index
    commands.append(command)
    claim(commands.count - 1)
  }

  private mutating func conditional() throws(Problem) {
    skipWord()
    uncertain += 1
    defer { uncertain -= 1 }
    _ = try list(until: ["then"])
    try expectWord("then")
    while true {
      _ = try list(until: ["elif", "else", "fi"])
      switch nextWord {
      case "elif":
        skipWord()
        _ = try list(until: ["then"])
        try expectWord("then")
      case "else": skipWord()
      default:
        try expectWord("fi")
        return
      }
    }
  }

  private mutating func body() throws(Problem) {
    uncertain += 1
    defer { uncertain -= 1 }
    try skipLines()
    if nextWord == "{" {
      skipWord()
      _ = try list(until: ["}"])
      return try expectWord("}")
    }
    try expectWord("do")
    _ = try list(until: ["done"])
    try expectWord("done")
  }

  private mutating func loop() throws(Problem) {
    loops.append(index)
    skipWord()
    skipSpace()
    if isAt("((") {
      guard takeArithmetic(from: index) else {
        throw Problem(message: "(( is not closed", offset: index)
      }
    } else {
      let start = index
      let name = takeName()
      guard VariableName.isValid(name) else {
        throw Problem(message: "a loop without a variable", offset: start)
      }
      try skipLines()
      if nextWord == "in" {
        skipWord()
        skipSpace()
        while let byte = peek, byte != 10, byte != UInt8(ascii: ";") {
          _ = try word()
          skipSpace()
        }
      }
      assign(name, to: nil, isPlain: false)
    }
    skipSpace()
    if peek == UInt8(ascii: ";") { index += 1 }
    try body()
  }

  private mutating func choice() throws(Problem) {
    uncertain += 1
    defer { uncertain -= 1 }
    skipWord()
    skipSpace()
    _ = try word()
    try skipLines()
    try expectWord("in")
    while true {
      try skipLines()
      if nextWord == "esac" { return skipWord() }
      if peek == UInt8(ascii: "(") { index += 1 }
      while let byte = peek, byte != UInt8(ascii: ")") {
        guard byte != 10 else {
          throw Problem(message: "a pattern of case does not end", offset: index)
        }
        if byte == UInt8(ascii: "|") || byte == UInt8(ascii: " ") || byte == 9 {
          index += 1
        } else {
          _ = try word()
        }
      }
      try expect(")")
      _ = try list(until: ["esac"])
      for sign in [";;&", ";;", ";&"] where isAt(sign) {
        index += sign.utf8.count
        break
      }
    }
  }

  private mutating func test() throws(Problem) {
    let start = index
    skipWord()
    while true {
      while let byte = peek, byte == 10 || Self.isSpace(byte) { index += 1 }
      guard let byte = peek else { throw Problem(message: "[[ is not closed", offset: start) }
      if nextWord == "]]" { break }
      if Array("()<>&|;".utf8).contains(byte) {
        index += 1
      } else {
        _ = try word()
      }
    }
    skipWord()
    noteArithmetic(in: start..<index, names: false)
  }

  mutating func function(named name: String) throws(Problem) {
    let start = index
    skipSpace()
    if isAt("(") {
      index += 1
      skipSpace()
      try expect(")")
    }
    try skipLines()
    around.append(name)
    defer { around.removeLast() }
    var inner: Range<Int>?
    if nextWord == "{" {
      skipWord()
      let from = index
      _ = try list(until: ["}"])
      inner = from..<index
      try expectWord("}")
      try redirectionsOfCompound()
    } else {
      try command()
    }
    let nameStart = start - name.utf8.count
    functions.append(
      ShellFunction(
        name: name, range: nameStart..<index, body: inner, isNested: around.count > 1))
  }
}
