#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where runs are kept: `$XDG_STATE_HOME/runbook`, else `~/.local/state/runbook`. Private (0700).
public struct StateFolder: Sendable {
  public let path: String

  /// - Throws: `SystemError` where no folder can be made or found, `HOME` unset for one; `VaultProblem` where somebody
  ///   else can write to it.
  public init(environment: [String: String]) throws {
    path = try Self.base(environment) + "/runbook"
    try Self.make(path)
    try Self.judge(path, environment)
    try Self.make(runs)
    try Self.make(locks)
    try Self.make(known)
  }

  public var runs: String { path + "/runs" }
  public var locks: String { path + "/locks" }
  /// What notes could execute when they were last run.
  public var known: String { path + "/known" }

  /// The folders that the user trusts.
  var trusted: String { path + "/trusted" }

  /// Where the runs are, if there are any; makes nothing.
  public static func runs(environment: [String: String]) -> String? {
    place("runs", environment)
  }

  /// Where settings of terminals are kept while a command has changed them; nil where there is no home. Makes nothing.
  public static func terminals(environment: [String: String]) -> String? {
    place("terminals", environment)
  }

  static func trusted(environment: [String: String]) -> String? {
    place("trusted", environment)
  }

  /// Nil where somebody else can write there.
  private static func place(_ name: String, _ environment: [String: String]) -> String? {
    guard let path = try? base(environment) + "/runbook",
      (try? judge(path, environment)) != nil
    else { return nil }
    return "\(path)/\(name)"
  }

  /// What stands there runs, when a run is resumed or undone.
  private static func judge(_ path: String, _ environment: [String: String]) throws {
    try Trust(environment: environment).judge(
      path, as: "the state folder \(path)",
      fix: "take others' rights away (chmod go-w), or point XDG_STATE_HOME to a folder of your own"
    )
  }

  private static func base(_ environment: [String: String]) throws(SystemError) -> String {
    // The XDG specification: a relative path is to be ignored.
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state }
    if let home = environment["HOME"], home.hasPrefix("/") { return home + "/.local/state" }
    guard let entry = getpwuid(getuid()), let home = entry.pointee.pw_dir else {
      throw SystemError("find the home folder (HOME is not set)", code: ENOENT)
    }
    return String(cString: home) + "/.local/state"
  }

  /// Makes the folder and those above it, each on disk before this returns: a run in a folder that a crash takes
  /// away is a run that nobody knows.
  private static func make(_ path: String) throws(SystemError) {
    if mkdir(path, 0o700) == 0 { return try WholeFile.syncFolder(parent(of: path)) }
    let code = errno
    switch code {
    case EEXIST:
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        throw SystemError("mkdir", path: path, code: ENOTDIR)
      }
    case ENOENT where parent(of: path) != "/":
      try make(parent(of: path))
      guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
        throw SystemError("mkdir", path: path)
      }
      try WholeFile.syncFolder(parent(of: path))
    default: throw SystemError("mkdir", path: path, code: code)
    }
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }
}
