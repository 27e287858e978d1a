/// A look at a script's bytes that tells whether it is worth being parsed.
enum ShellWords {
  /// It has a word that a check is about, or a variable that is not known.
  static func mayMatter(in code: [UInt8], isKnown: (String) -> Bool) -> Bool {
    var index = 0
    while index < code.count {
      let start = index
      while index < code.count, VariableName.isNameByte(code[index]) { index += 1 }
      if index == start {
        index += 1
        continue
      }
      let before = code[..<start]
      let isVariable =
        before.last == UInt8(ascii: "$") || before.suffix(2).elementsEqual("${".utf8)
        || before.suffix(3).elementsEqual("${#".utf8)
      guard isVariable || (3...10).contains(index - start) else { continue }
      let word = String(decoding: code[start..<index], as: UTF8.self)
      if isVariable ? VariableName.isValid(word) && !isKnown(word) : words.contains(word) {
        return true
      }
    }
    return false
  }

  private static let words: Set<String> = [
    "read", "sudo", "ssh", "tail", "logs", "journalctl", "watch", "local", "declare", "typeset",
    "readonly", "export",
  ]
}
