/// `trap … EXIT`: what a shell does when it ends, however it ends.
struct ExitTrap {
  /// What is to be run, as the shell would read it.
  let handler: String
  /// It was in double quotes: its variables are those of the moment at which the trap was set.
  let isExpandedEarly: Bool

  /// Nil for what is no such command, and for one whose text can't be told from the script.
  init?(_ command: ShellCommand, _ script: ShellParser) {
    guard Self.isExitTrap(command) else { return nil }
    let words = Self.arguments(of: command)
    guard words.count > 1 else { return nil }
    if let literal = words[0].literal {
      guard !literal.isEmpty, literal != "-" else { return nil }
      handler = literal
      isExpandedEarly = false
      return
    }
    let text = String(decoding: script.bytes[words[0].range], as: UTF8.self)
    guard text.count > 2, text.first == "\"", text.last == "\"",
      !text.dropFirst().dropLast().contains(where: { "\\`\"'(".contains($0) })
    else { return nil }
    handler = String(text.dropFirst().dropLast())
    isExpandedEarly = true
  }

  /// Also one that takes the trap back, or whose text is made by the script.
  static func isExitTrap(_ command: ShellCommand) -> Bool {
    guard command.name == "trap", !command.isApart else { return false }
    return arguments(of: command).dropFirst().contains { word in
      let name = (word.literal ?? "").uppercased()
      return ["EXIT", "SIGEXIT", "0"].contains(name)
    }
  }

  private static func arguments(of command: ShellCommand) -> [ShellWord] {
    let words = Array(command.words.dropFirst())
    return words.first?.literal == "--" ? Array(words.dropFirst()) : words
  }
}
