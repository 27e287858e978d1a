/// The program that one connection to a host runs there, as text for the standard input of `sh`.
///
/// It is one group of commands, so that a connection that is cut in the middle of it begins nothing. Values are quoted
/// and never evaluated.
struct HostProgram: Sendable {
  /// What its lines on standard error begin with, drawn for each connection.
  let word: String
  let run: String
  /// The attempt's folder in the run's.
  var attempt = ""
  private var variables: [(name: String, value: [UInt8])] = []
  private var exported: [(name: String, value: [UInt8])] = []
  private var call: [String] = []

  init(word: String, run: String) {
    self.word = word
    self.run = run
  }

  /// Starts the block, unless that was done before, and follows its log from that byte on.
  static func run(
    _ launch: HostLaunch, script: [UInt8], values: [String: String], word: String, offset: Int64
  ) -> HostProgram {
    var program = following(launch, word: word, offset: offset)
    program.variables += [
      ("script", script), ("supervise", PackageResources.supervise_sh),
    ]
    program.exported = launch.names.compactMap { name in values[name].map { (name, Array($0.utf8)) }
    }
    program.call = ["run_block"] + launch.interpreter
    return program
  }

  /// Stops it, or keeps it from ever starting, and follows its log to the end.
  static func stop(
    _ launch: HostLaunch, atOnce: Bool, word: String, offset: Int64
  ) -> HostProgram {
    var program = following(launch, word: word, offset: offset)
    program.call = ["stop_block", atOnce ? "kill" : "stop"]
    return program
  }

  /// Holds the host for a run: looks for the programs, takes the lock, and stays.
  static func hold(
    run: String, word: String, programs: [String], lock: String?, holder: String
  ) -> HostProgram {
    var program = HostProgram(word: word, run: run)
    program.variables = [("lock", lock ?? ""), ("holder", holder)].map { ($0, Array($1.utf8)) }
    program.call = ["hold_host"] + programs
    return program
  }

  private static func following(
    _ launch: HostLaunch, word: String, offset: Int64
  ) -> HostProgram {
    var program = HostProgram(word: word, run: launch.run)
    program.attempt = launch.attempt
    program.variables = [
      ("deadline", String(launch.deadline.map { max(1, Int(($0 * 100).rounded(.up))) } ?? 0)),
      ("grace", String(Int((launch.grace * 100).rounded(.up)))),
      ("limit", String(launch.logLimit)), ("captures", launch.captures ? "1" : "0"),
      ("cwd", launch.folder ?? ""), ("offset", String(offset)),
    ].map { ($0, Array($1.utf8)) }
    return program
  }

  var text: [UInt8] {
    let own = [("word", word), ("run", run), ("attempt", attempt)].map { ($0, Array($1.utf8)) }
    var text = Array("{\n".utf8)
    for (name, value) in own + variables {
      text += Array("\(name)=".utf8) + Self.quoted(value) + [Self.newline]
    }
    for (name, value) in exported {
      text += Array("export \(name)=".utf8) + Self.quoted(value) + [Self.newline]
    }
    text += PackageResources.session_sh
    for word in call { text += Self.quoted(Array(word.utf8)) + [UInt8(ascii: " ")] }
    return text + Array("\nexit\n}\n".utf8)
  }

  private static let newline = UInt8(ascii: "\n")

  /// One word for a POSIX shell, whatever it holds.
  static func quoted(_ bytes: [UInt8]) -> [UInt8] {
    let quote = UInt8(ascii: "'")
    return [quote] + bytes.flatMap { $0 == quote ? Array("'\\''".utf8) : [$0] } + [quote]
  }
}
