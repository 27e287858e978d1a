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
    var program = HostProgram(launch.block, word: word)
    program.variables += [("offset", String(offset))].map { ($0, Array($1.utf8)) }
    program.exported = launch.block.names.compactMap { name in
      values[name].map { (name, Array($0.utf8)) }
    }
    program.runBlock(launch.block, script)
    return program
  }

  /// Stops it, or keeps it from ever starting, and follows its log to the end.
  static func stop(
    _ launch: HostLaunch, atOnce: Bool, word: String, offset: Int64
  ) -> HostProgram {
    var program = HostProgram(launch.block, word: word)
    program.variables += [("offset", String(offset))].map { ($0, Array($1.utf8)) }
    program.call = ["stop_block", atOnce ? "kill" : "stop"]
    return program
  }

  // MARK: For a fleet

  /// For whoever brings a program as a whole and takes what it printed when it has ended. Variables and the deadline are
  /// added between `beginning` and `ending`.
  static func quietRun(_ block: RemoteBlock, script: [UInt8], word: String) -> HostProgram {
    var program = quiet(block, word: word)
    program.runBlock(block, script)
    return program
  }

  static func quietStop(_ block: RemoteBlock, atOnce: Bool, word: String) -> HostProgram {
    var program = quiet(block, word: word)
    program.call = ["stop_block", atOnce ? "kill" : "stop"]
    return program
  }

  /// A new deadline for the block that runs; it comes as the variable.
  static func quietLimit(_ block: RemoteBlock, word: String) -> HostProgram {
    var program = quiet(block, word: word)
    program.call = ["limit_block"]
    return program
  }

  /// Whether blocks can run there.
  static func probe(run: String, word: String, programs: [String]) -> HostProgram {
    var program = HostProgram(word: word, run: run)
    program.call = ["probe_host"] + programs
    return program
  }

  /// What the run left there goes.
  static func clean(run: String, word: String) -> HostProgram {
    var program = HostProgram(word: word, run: run)
    program.call = ["clean_host"]
    return program
  }

  /// How much of a host's log is taken, in bytes: Ansible holds it in memory.
  private static let mostLog = 1 << 20

  private static func quiet(_ block: RemoteBlock, word: String) -> HostProgram {
    var program = HostProgram(block, word: word)
    program.variables += [("quiet", "1"), ("most", String(mostLog))].map { ($0, Array($1.utf8)) }
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

  private init(_ block: RemoteBlock, word: String) {
    self.init(word: word, run: block.run)
    attempt = block.attempt
    variables = [
      ("deadline", String(block.deadline.map { max(1, Int(($0 * 100).rounded(.up))) } ?? 0)),
      ("grace", String(Int((block.grace * 100).rounded(.up)))),
      ("limit", String(block.logLimit)), ("captures", block.captures ? "1" : "0"),
      ("cwd", block.folder ?? ""),
    ].map { ($0, Array($1.utf8)) }
  }

  private mutating func runBlock(_ block: RemoteBlock, _ script: [UInt8]) {
    variables += [("script", script), ("supervise", PackageResources.supervise_sh)]
    call = ["run_block"] + block.interpreter
  }

  var text: [UInt8] { beginning + ending }

  /// As far as the variables: what is put between this and `ending` is a variable too.
  var beginning: [UInt8] {
    let own = [("word", word), ("run", run), ("attempt", attempt), ("quiet", "")].map {
      ($0, Array($1.utf8))
    }
    var text = Array("{\n".utf8)
    for (name, value) in own + variables {
      text += Array("\(name)=".utf8) + Self.quoted(value) + [Self.newline]
    }
    for (name, value) in exported {
      text += Array("export \(name)=".utf8) + Self.quoted(value) + [Self.newline]
    }
    return text
  }

  var ending: [UInt8] {
    var text = PackageResources.session_sh
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
