/// The program that runs a block: the block's text is written to a file, whose path is the last argument.
public struct Interpreter: Sendable, Equatable, Codable {
  public let program: String
  public let arguments: [String]

  public init(program: String, arguments: [String] = []) {
    self.program = program
    self.arguments = arguments
  }

  /// Parts a command such as `bash -eu` at white space; `'…'` and `"…"` hold words together. Nil where it is
  /// empty or a quote is left open.
  public init?(command: String) {
    var words: [String] = []
    var word = ""
    var isWord = false
    var quote: Character?
    for character in command {
      if let open = quote {
        if character == open { quote = nil } else { word.append(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        isWord = true
      } else if character.isWhitespace {
        if isWord { words.append(word) }
        (word, isWord) = ("", false)
      } else {
        word.append(character)
        isWord = true
      }
    }
    if isWord { words.append(word) }
    guard quote == nil, let program = words.first, !program.isEmpty else { return nil }
    self.init(program: program, arguments: Array(words.dropFirst()))
  }

  /// The languages of fences that run, in lower case. Any other is documentation.
  public static let known: [String: Interpreter] = [
    "sh": Interpreter(program: "sh"),
    "shell": Interpreter(program: "bash"),
    "bash": Interpreter(program: "bash"),
    "zsh": Interpreter(program: "zsh"),
    "python": Interpreter(program: "python3"),
    "python3": Interpreter(program: "python3"),
    "py": Interpreter(program: "python3"),
    "node": Interpreter(program: "node"),
    "js": Interpreter(program: "node"),
    "javascript": Interpreter(program: "node"),
    "ruby": Interpreter(program: "ruby"),
    "perl": Interpreter(program: "perl"),
  ]

  /// The languages whose interpreter the front matter's `shell:` replaces.
  public static let shells: Set<String> = ["sh", "shell", "bash"]
}
