#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension HostFollower {
  static func look(_ launch: HostLaunch) -> String {
    "\(launch.client.typed(launch.host)) pgrep -af \(launch.block.run)"
  }

  /// Ends a block on a host that nobody here follows any more, at once. Returns within the time that a connection takes.
  ///
  /// - Returns: what a person should know where its end is unknown; nil where all is well, or there was no such block.
  static func stopLeftBehind(
    _ running: RunState.RunningAttempt, of run: StoredRun, environment: [String: String]
  ) -> String? {
    let before = run.folder.step(running.folder)
    guard var launch = HostLaunch.read(from: before), HostVerdict.read(from: before) == nil else {
      return nil
    }
    launch.stop = .atOnce
    let folder = run.folder.step("\(running.origin)-abandoned")
    do {
      try folder.create(script: [])
      try launch.write(to: folder)
      let log = open(folder.log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
      guard log >= 0 else { throw SystemError("open", path: folder.log) }
      defer { close(log) }
      let follower = try HostFollower(folder, environment: environment, output: log, errors: log)
      _ = follower?.run()
      var result = BlockResult(took: 0)
      if let verdict = HostVerdict.read(from: folder) {
        result.take(verdict, host: launch.host, look: Self.look(launch), stopping: .cancelled)
      }
      return result.survivors.isEmpty ? nil : result.problem
    } catch {
      return "the block on \(launch.host) could not be stopped: \(error)"
    }
  }
}
