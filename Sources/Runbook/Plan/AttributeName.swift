/// The attributes of blocks and steps.
public enum AttributeName: String, Sendable, CaseIterable {
  case rollback, fallback
  case doneIf = "done-if"
  case always
  case timeout, idle, grace
  case onTimeout = "on-timeout"
  case retries, delay, every
  case `for`
  case onError = "on-error"
  case continueOnError = "continue-on-error"
  case host, hosts, forks, serial
  case cwd, interpreter, strict
  case `if`
  case confirm, capture, interactive, ignore
  case excludeFromRunAll

  /// `a-b` and `a_b` are one name.
  static func canonical(_ name: String) -> String {
    String(name.map { $0 == "_" ? "-" : $0 })
  }

  init?(written name: String) { self.init(rawValue: Self.canonical(name)) }

  /// The attribute that somebody meant who wrote another word for it, or misspelt it.
  static func meant(by written: String) -> String? {
    let name = canonical(written).lowercased()
    return otherWords[name]
      ?? Spelling.nearest(to: name, among: allCases.map(\.rawValue))
  }

  /// What other tools call the same.
  private static let otherWords: [String: String] = [
    "retry": "retries", "tries": "retries", "attempts": "retries", "workdir": "cwd",
    "dir": "cwd", "wd": "cwd", "directory": "cwd", "working-directory": "cwd", "when": "if",
    "condition": "if", "unless": "done-if", "creates": "done-if",
    "skip-if": "done-if", "shell": "interpreter", "program": "interpreter", "exec": "interpreter",
    "ask": "confirm", "prompt": "confirm", "question": "confirm", "undo": "rollback",
    "revert": "rollback", "on-rollback": "rollback", "skip": "ignore", "disabled": "ignore",
    "no-run": "ignore", "norun": "ignore", "ssh": "host", "server": "host", "remote": "host",
    "on-failure": "on-error", "on-fail": "on-error", "ignore-errors": "continue-on-error",
    "allow-failure": "continue-on-error", "wait": "delay", "pause": "delay", "sleep": "delay",
    "deadline": "timeout", "limit": "timeout", "output": "capture", "register": "capture",
    "save": "capture", "export": "capture", "tty": "interactive", "finally": "always",
    "group": "hosts", "parallel": "forks", "silence": "idle", "interval": "every",
    "duration": "for", "errexit": "strict", "pipefail": "strict", "set-e": "strict",
  ]

  /// What to do instead, where no other word alone would be right.
  static func advice(on written: String) -> String? {
    switch canonical(written).lowercased() {
    case "check", "test", "verify", "assert":
      "leave it out: a block that fails fails its step; {done-if} is a block of its own, in front of the one that does "
        + "the step"
    case "sudo", "root": "leave it out, and write sudo -n in the block"
    case "env", "environment":
      "write the variable into params in the front matter, or export it in the block"
    case "depends", "depends-on", "needs", "after":
      "leave it out: steps run in the order of the note"
    default: nil
    }
  }

  /// A name that other tools put there, or that the author marked as none of ours.
  static func isPassedOver(_ name: String) -> Bool {
    name.hasPrefix("x-") || name.hasPrefix("x_")
      || ["name", "tag", "mimetype", "category", "closeTerminalOnSuccess"].contains(name)
  }

  /// Flags stand alone (`{rollback}`); the others need a value.
  var isFlag: Bool {
    switch self {
    case .rollback, .fallback, .doneIf, .always, .continueOnError, .interactive, .ignore,
      .excludeFromRunAll:
      true
    default: false
    }
  }

  /// Alone it says yes, as a flag does, but no says something too: its default is yes.
  var isTruth: Bool { self == .strict }

  /// Whether it may stand behind a step's text, where it is a default of the step's blocks or the step's own.
  var fitsStep: Bool {
    switch self {
    case .rollback, .fallback, .doneIf, .always, .ignore, .excludeFromRunAll, .capture,
      .interactive, .every, .for, .retries, .delay:
      false
    default: true
    }
  }

  /// Whether a step's children have it as their default too.
  var isInherited: Bool {
    switch self {
    case .timeout, .idle, .grace, .onTimeout, .onError, .continueOnError, .host, .hosts, .forks,
      .serial, .cwd, .interpreter, .strict:
      true
    default: false
    }
  }

  /// Whether it means something for a block of this role.
  func fits(_ role: BlockRole) -> Bool {
    switch self {
    case .capture, .every, .for, .onError, .continueOnError, .onTimeout:
      role == .run || (role == .fallback && (self == .capture || self == .onError))
    case .interactive: role != .doneIf
    default: true
    }
  }
}
