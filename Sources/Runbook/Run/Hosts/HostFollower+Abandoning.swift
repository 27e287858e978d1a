#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension HostFollower {
  /// Ends, at once, what runs on a host of an attempt that nobody follows any more. Returns within the time that a
  /// connection takes.
  ///
  /// - Returns: the host and what is known there; nil where the attempt is of this machine.
  static func stopLeftBehind(
    in attempt: StepFolder, environment: [String: String]
  ) -> (host: String, verdict: HostVerdict)? {
    guard var launch = HostLaunch.read(from: attempt) else { return nil }
    if let verdict = HostVerdict.read(from: attempt) { return (launch.host, verdict) }
    launch.stop = .atOnce
    let folder = StepFolder(path: attempt.path + "-abandoned")
    do {
      try folder.create(script: [])
      try launch.write(to: folder)
      let log = open(folder.log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
      guard log >= 0 else { throw SystemError("open", path: folder.log) }
      defer { close(log) }
      let follower = try HostFollower(folder, environment: environment, output: log, errors: log)
      _ = follower?.run()
      if let verdict = HostVerdict.read(from: folder) { return (launch.host, verdict) }
      throw SystemError("read", path: folder.verdict)
    } catch {
      let fault = HostFault(
        .other, "the block on \(launch.host) could not be stopped: \(error)",
        fix: "see what runs there")
      return (launch.host, HostVerdict(.unknown(fault)))
    }
  }
}
