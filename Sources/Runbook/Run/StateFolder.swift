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

  /// - Throws: where no folder can be made or found, `HOME` unset for one.
  public init(environment: [String: String]) throws(SystemError) {
    path = try Self.base(environment) + "/runbook"
    try Self.make(path)
    try Self.make(runs)
    try Self.make(locks)
  }

  public var runs: String { path + "/runs" }
  public var locks: String { path + "/locks" }

  private static func base(_ environment: [String: String]) throws(SystemError) -> String {
    // The XDG specification: a relative path is to be ignored.
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state }
    if let home = environment["HOME"], home.hasPrefix("/") { return home + "/.local/state" }
    guard let entry = getpwuid(getuid()), let home = entry.pointee.pw_dir else {
      throw SystemError("find the home folder (HOME is not set)", code: ENOENT)
    }
    return String(cString: home) + "/.local/state"
  }

  /// Makes the folder and those above it.
  private static func make(_ path: String) throws(SystemError) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST {
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        throw SystemError("mkdir", path: path, code: ENOTDIR)
      }
      return
    }
    let code = errno
    guard code == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
      throw SystemError("mkdir", path: path, code: code)
    }
    try make(String(path[..<slash]))
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw SystemError("mkdir", path: path)
    }
  }
}
