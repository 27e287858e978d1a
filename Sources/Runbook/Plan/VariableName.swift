/// Which names a note may give to its parameters and captures.
public enum VariableName {
  /// A POSIX environment name: letters, digits, `_`, not first a digit.
  public static func isValid(_ name: some StringProtocol) -> Bool {
    guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
    else { return false }
    return name.utf8.allSatisfy(isNameByte)
  }

  static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default:
      false
    }
  }

  /// Names of the login environment, of the shells and of the loader: a parameter of that name would change
  /// how every block runs, or what runs. `RUNBOOK_*` are ours.
  public static func isReserved(_ name: String) -> Bool {
    reserved.contains(name) || name == "RUNBOOK" || name.hasPrefix("RUNBOOK_")
      || name.hasPrefix("LC_") || name.hasPrefix("LD_") || name.hasPrefix("DYLD_")
      || name.hasPrefix("BASH_FUNC_")
  }

  private static let reserved: Set<String> = [
    "USER", "LOGNAME", "HOME", "PATH", "SHELL", "PWD", "OLDPWD", "TERM", "TMPDIR", "LANG",
    "LANGUAGE", "TZ", "IFS", "ENV", "BASH_ENV", "BASHOPTS", "SHELLOPTS", "SHLVL", "UID", "EUID",
    "PPID", "PS4", "CDPATH", "GLOBIGNORE", "POSIXLY_CORRECT", "SSH_AUTH_SOCK", "DISPLAY", "MAIL",
    "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "PROMPT_COMMAND", "NODE_OPTIONS",
    "PYTHONPATH", "PYTHONHOME", "PERL5LIB", "PERL5OPT", "RUBYOPT", "RUBYLIB",
  ]

  /// A parameter that holds a secret by its name alone.
  public static func looksSecret(_ name: String) -> Bool {
    let upper = name.uppercased()
    return ["PASSWORD", "TOKEN", "SECRET", "_KEY"].contains { upper.hasSuffix($0) }
  }
}
