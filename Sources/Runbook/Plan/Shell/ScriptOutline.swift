/// Where the commands of a shell script begin and end, in lines; 1-based.
struct ScriptOutline {
  /// Of each statement, also those within others.
  private let statements: [ClosedRange<Int>]
  private let functions: [(name: String, lines: ClosedRange<Int>, text: String)]
  private let texts: [Substring]
  /// The lines where it says `exit N`, by N.
  private let exits: [Int: Set<Int>]
  /// Of its only statement, where there is one.
  private let only: Int?

  /// Nil for what can't be read.
  init?(_ code: [UInt8]) {
    guard let parser = try? ShellParser.read(code) else { return nil }
    let table = LineTable(code)
    func lines(_ range: Range<Int>) -> ClosedRange<Int> {
      let first = table.line(at: range.lowerBound) + 1
      return first...max(first, table.line(at: max(range.lowerBound, range.upperBound - 1)) + 1)
    }
    let text = String(decoding: code, as: UTF8.self)
    texts = text.split(separator: "\n", omittingEmptySubsequences: false)
    statements = parser.allStatements.map { lines($0.range) }
    functions = parser.functions.map {
      ($0.name, lines($0.range), String(decoding: code[$0.range], as: UTF8.self))
    }
    var exits: [Int: Set<Int>] = [:]
    for command in parser.commands where command.name == "exit" && command.words.count == 2 {
      guard let status = command.words[1].literal.flatMap({ Int($0) }) else { continue }
      exits[status, default: []].insert(lines(command.range).lowerBound)
    }
    self.exits = exits
    only = parser.statements.count == 1 ? lines(parser.statements[0].range).lowerBound : nil
    isPlain = parser.statements.count == 1 && parser.allStatements.count == 1
  }

  /// One statement, and none within it.
  private let isPlain: Bool

  /// The lines of the innermost statement that this one is in. A shell may name the last line of a command that has
  /// several.
  func statement(around line: Int) -> ClosedRange<Int> {
    statements.filter { $0.contains(line) }.min { $0.count < $1.count } ?? line...line
  }

  /// Whether the statement, by itself or by the functions that it calls, comes to that line.
  func reaches(_ line: Int, from statement: ClosedRange<Int>) -> Bool {
    guard statement.lowerBound <= texts.count else { return false }
    let text = texts[(statement.lowerBound - 1)..<min(statement.upperBound, texts.count)].joined(
      separator: "\n")
    // Bash counts the lines of a substitution from elsewhere.
    if statement.contains(line), !text.contains("$("), !text.contains("`") { return true }
    var open = [text]
    var seen: Set<String> = []
    while let next = open.popLast() {
      let words = Set(next.split { !($0.isLetter || $0.isNumber || "_-.:".contains($0)) })
      for function in functions
      where words.contains(Substring(function.name)) && seen.insert(function.name).inserted {
        if function.lines.contains(line) { return true }
        open.append(function.text)
      }
    }
    return false
  }

  /// The line that must have ended the script with that status, where there can be but one.
  func onlyLine(endingWith status: Int) -> Int? {
    if isPlain { return only }
    guard let lines = exits[status], lines.count == 1 else { return nil }
    return lines.first
  }
}
