/// Tells `exit 1`, after which nothing more is to run, from an `exit` that ends the script well.
enum ScriptExit {
  static func mayEndWell(_ command: ShellCommand, _ script: ShellParser) -> Bool {
    guard command.words.count > 1 else { return command.follows != "||" }
    let word = command.words[1]
    if let text = word.literal { return text == "0" }
    // `exit "${2:-1}"`, and `… || exit $?`.
    let text = String(decoding: script.bytes[word.range], as: UTF8.self)
    let fallback = text.drop { $0 != "-" }.dropFirst().prefix { $0.isNumber }
    return command.follows != "||" && (fallback.isEmpty || fallback == "0")
  }
}
