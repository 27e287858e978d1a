/// The smallest part of a script that is not cut: whole commands on whole lines.
struct ScriptUnit {
  let lines: Range<Int>
  /// The bytes of its lines, without the last one's ending.
  let range: Range<Int>
  let isBackground: Bool
  /// The only command in it, where there is just one and nothing around it.
  var command: ShellCommand?
  var effects = ScriptEffects()
  var use = Use.command

  /// It runs in its place.
  var isRun: Bool {
    switch use {
    case .command, .computed: true
    default: false
    }
  }

  /// Between two lines that run it is left where it is.
  var staysInPlace: Bool {
    switch use {
    case .command, .computed, .setting, .function: true
    default: false
    }
  }

  enum Use: Equatable {
    /// Becomes a parameter of the note; nil: it must be given.
    case parameter(String, value: String?)
    case secret(String)
    /// Says how what follows runs, and does nothing else: it stands in front of every block that needs it.
    case setting
    case function(String)
    /// Its value is worked out once, in a block of its own.
    case computed(String)
    case command
    /// `trap … EXIT`.
    case atEnd(handler: String)
    /// Reads the arguments of the script, of which a note has none.
    case arguments
    /// Sends what the rest of the script prints into a file.
    case logging
    /// The last `exit 0`.
    case nothing
  }
}
