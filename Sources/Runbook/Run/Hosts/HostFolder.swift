#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where the sockets of shared connections are: a private folder with a short path, since ssh takes no socket whose path
/// is much longer than 90 bytes.
enum HostFolder {
  static func make(environment: [String: String]) throws(SystemError) -> String {
    if let runtime = environment["XDG_RUNTIME_DIR"], runtime.hasPrefix("/"),
      runtime.utf8.count <= 40, access(runtime, W_OK) == 0
    {
      return try own("\(runtime)/runbook")
    }
    return try own("/tmp/runbook-\(getuid())")
  }

  /// In a folder that everybody may write to, somebody else could have made it.
  private static func own(_ path: String) throws(SystemError) -> String {
    if mkdir(path, 0o700) != 0, errno != EEXIST { throw SystemError("mkdir", path: path) }
    var status = stat()
    guard lstat(path, &status) == 0 else { throw SystemError("lstat", path: path) }
    guard status.st_mode & S_IFMT == S_IFDIR, status.st_uid == getuid(),
      status.st_mode & 0o077 == 0
    else { throw SystemError("use as a private folder", path: path, code: EPERM) }
    return path
  }
}
