/// A shell that ends a block at its first failure. A note names it without options; options of its own are used as they
/// are, and nothing is added.
///
/// The options are set by a command line of the shell, which then reads the block's file: so the file is the block's text
/// and nothing else, its lines are the note's, and no error shows a line that nobody wrote.
public enum StrictShell: Sendable, Equatable {
  case bash
  case zsh
  /// What POSIX asks for, `pipefail` where the shell has it.
  case posix

  /// Nil for what is no shell, and for one that is named with options.
  init?(_ interpreter: Interpreter) {
    guard interpreter.arguments.isEmpty, let shell = Self.known(interpreter) else { return nil }
    self = shell
  }

  /// Whatever its options.
  static func known(_ interpreter: Interpreter) -> StrictShell? {
    switch FilePath.name(of: interpreter.program) {
    case "bash": .bash
    case "zsh": .zsh
    case "sh", "dash", "ash", "ksh", "ksh93", "mksh", "oksh": .posix
    default: nil
    }
  }

  /// As people write them; what is more in `arguments` finds the place of a failure.
  public var options: [String] {
    self == .posix ? ["-eu"] : ["-euo", "pipefail"]
  }

  /// What stands between the program and the path of the script.
  var arguments: [String] { ["-c", prelude + "; . \"$0\""] }

  /// Each failing command that ends a shell, or a subshell, adds a line to a file beside the script: its status, its line,
  /// and in how many subshells it is. Whoever failed first says most, so all are kept.
  private var prelude: String {
    switch self {
    case .bash:
      "set -Eeuo pipefail; shopt -s inherit_errexit 2>/dev/null || :; trap '{ case $- in *e*) "
        + #"builtin printf "%d %d %d\n" "$?" "$LINENO" "$BASH_SUBSHELL" >>"${0%/*}/failures";; esac; }"#
        + " 2>/dev/null' ERR"
    case .zsh:
      // In a function `$0` and `$LINENO` are the function's.
      // What `eval` runs counts its own lines, and is at the line of its own.
      #"set -euo pipefail; trap "{ case \$-\${funcsourcetrace[1]} in *e*"${(qq)0}":*) builtin print "#
        + #"-r -- \"\$? \$((0\${\${funcstack[1]:#\\(eval\\)}:+ + LINENO} + "#
        + #"\${funcsourcetrace[1]##*:})) \$ZSH_SUBSHELL\" >>"${(qq)0:h}""#
        + #"/failures;; esac; } 2>/dev/null" ZERR"#
    case .posix:
      "set -eu; ! (set -o pipefail) 2>/dev/null || set -o pipefail"
    }
  }
}
