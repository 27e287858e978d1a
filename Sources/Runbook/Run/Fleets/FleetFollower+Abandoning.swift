#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension FleetFollower {
  /// As of a `HostFollower`, on each host on which the block may run.
  static func stopLeftBehind(
    _ running: RunState.RunningAttempt, of run: StoredRun, environment: [String: String]
  ) -> String? {
    let before = run.folder.step(running.folder)
    guard var launch = FleetLaunch.read(from: before), WholeFile.size(before.fleetEnd) == nil else {
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
      let follower = try FleetFollower(folder, environment: environment, output: log, errors: log)
      _ = follower?.run()
      var news = FleetNews()
      let problems = news.next(in: folder).compactMap { line -> String? in
        let result = BlockResult(line, launch, stopping: .cancelled)
        return result.survivors.isEmpty ? nil : result.problem
      }
      return problems.isEmpty ? nil : problems.joined(separator: "; ")
    } catch {
      return "the block on \(launch.hosts.joined(separator: ", ")) could not be stopped: \(error)"
    }
  }
}
