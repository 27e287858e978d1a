import Runbook

/// What somebody meant who typed a command or an option that there is not.
enum CommandAdvice {
  /// The command that a word stands for in other programs, or that is spelt nearly so; nil where nothing is near.
  static func command(for word: String, among commands: [String]) -> String? {
    if NoteArgument(word).path.lowercased().hasSuffix(".md") { return "exec" }
    let name = word.lowercased()
    return otherWords[name]
      ?? Spelling.nearest(to: name, among: commands, atMost: name.count >= 4 ? 2 : 1)
  }

  /// The error for a first word that is no command; nil where it is one, or an option.
  static func refusal(of arguments: [String], among commands: [String]) -> SafeText? {
    guard let word = arguments.first, !word.hasPrefix("-"), !commands.contains(word), word != "help"
    else { return nil }
    let isNote = NoteArgument(word).path.lowercased().hasSuffix(".md")
    let rest = isNote ? arguments : Array(arguments.dropFirst())
    let fix: SafeText? = command(for: word, among: commands).map { meant in
      "did you mean runbook \(([meant] + rest.map(Self.quoted)).joined(separator: " "))?"
    }
    return """
      error: runbook has no command “\(word)”
        fix: \(fix ?? "runbook --help shows what there is")
      """
  }

  /// For an option that the parser does not know and finds nothing near.
  static func option(for option: String) -> String? { otherOptions[option] }

  private static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      VariableName.isValid("a" + String(decoding: [byte], as: UTF8.self))
        || "-./=:@%+,#~".utf8.contains(byte)
    }
    return isPlain && !word.isEmpty ? word : "'\(word.replacing("'", with: "'\\''"))'"
  }

  private static let otherWords: [String: String] = [
    "run": "exec", "start": "exec", "execute": "exec", "play": "exec", "apply": "exec",
    "list": "runs", "ls": "runs", "status": "runs", "history": "runs", "ps": "runs", "jobs": "runs",
    "validate": "check", "lint": "check", "verify": "check", "test": "check", "doctor": "check",
    "show": "plan", "dry-run": "plan", "preview": "plan", "print": "plan", "steps": "plan",
    "stop": "cancel", "kill": "cancel", "abort": "cancel", "end": "cancel",
    "undo": "rollback", "revert": "rollback", "back": "rollback", "roll-back": "rollback",
    "continue": "resume", "retry": "resume", "restart": "resume",
    "log": "logs", "output": "logs", "tail": "logs", "cat": "logs",
    "watch": "attach", "follow": "attach", "view": "attach", "join": "attach",
    "create": "new", "template": "new", "import": "new", "add": "new", "make": "new",
    "setup": "init", "clean": "reset", "clear": "reset", "untick": "reset",
    "statistics": "stats", "report": "stats", "merge": "merge-file", "release": "deploy",
    "version": "--version",
  ]

  private static let otherOptions: [String: String] = [
    "--var": "--set", "--param": "--set", "--parameter": "--set", "--env": "--set", "-e": "--set",
    "--define": "--set", "--extra-vars": "--set", "--plan": "--dry-run", "--noop": "--dry-run",
    "--check": "--dry-run", "-n": "--dry-run", "-y": "--yes", "--assume-yes": "--yes",
    "--force": "--yes", "--start-at": "--from", "--start-at-task": "--from", "--begin": "--from",
    "--limit": "--only", "--tags": "--only", "--exclude": "--skip", "--skip-tags": "--skip",
    "--detach": "--background", "-d": "--background", "--daemon": "--background",
    "--interactive": "--step", "--keep-going": "--continue-on-error", "-k": "--continue-on-error",
    "--output": "--json", "--format": "--json", "--time-limit": "--timeout",
  ]
}
