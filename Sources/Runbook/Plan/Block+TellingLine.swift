/// What a block does, in one of its own lines.
extension Block {
  /// The first line that does something: going to a folder, setting variables and defining functions don't.
  public var tellingLine: String {
    let code = String(decoding: code.prefix(16_384), as: UTF8.self)
    let lines = code.split(separator: "\n").map { $0.drop { $0 == " " || $0 == "\t" } }
      .filter { !$0.isEmpty && !$0.hasPrefix("#") }
    var inFunction = false
    for line in lines {
      if inFunction {
        inFunction = !line.hasPrefix("}")
      } else if Self.isFunction(line) {
        inFunction = !line.hasSuffix("}")
      } else if !Self.isNoise(line) {
        return String(line)
      }
    }
    return lines.first.map(String.init) ?? language
  }

  private static func isFunction(_ line: Substring) -> Bool {
    line.hasPrefix("function ") || line.hasPrefix("def ")
      || line.prefix { $0 != " " && $0 != "(" && $0 != "=" }.endIndex != line.endIndex
        && line.drop { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }.hasPrefix("()")
  }

  private static func isNoise(_ line: Substring) -> Bool {
    let word = line.prefix { $0 != " " && $0 != ";" && $0 != "\t" }
    if noise.contains(String(word)) { return true }
    if line.hasSuffix(";;") || line.hasPrefix("*") { return true }
    // An assignment counts if a command gives its value.
    guard let equals = word.firstIndex(of: "="), VariableName.isValid(word[..<equals]) else {
      return false
    }
    return !word[word.index(after: equals)...].hasPrefix("$(")
  }

  private static let noise: Set<String> = [
    "cd", "set", "shopt", "export", "local", "declare", "readonly", "source", ".", "trap", "umask",
    "mkdir", "echo", "printf", "if", "then", "else", "elif", "fi", "for", "while", "until", "do",
    "done", "case", "esac", "{", "}", "(", ")", "[", "[[", "test", "exit", "return", "true", ":",
    "import", "from", "require", "const", "let", "var", "pushd", "popd", "unset", "sleep",
  ]
}
