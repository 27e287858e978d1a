extension FleetFollower {
  /// As of a `HostFollower`, on each host on which the block may run.
  static func stopLeftBehind(
    in attempt: StepFolder, environment: [String: String]
  ) -> BlockResult? {
    guard var launch = FleetLaunch.read(from: attempt) else { return nil }
    var folder = attempt
    var result = BlockResult(took: 0)
    result.stopped = .cancelled
    if WholeFile.size(attempt.fleetEnd) == nil {
      launch.stop = .atOnce
      do {
        folder = try attempt.abandoned {
          try launch.write(to: $0)
        } follow: {
          _ = try FleetFollower($0, environment: environment, output: $1, errors: $1)?.run()
        }
      } catch {
        let hosts = launch.hosts.joined(separator: ", ")
        result.problem = "the block on \(hosts) could not be stopped: \(error)"
        return result
      }
    }
    var news = FleetNews()
    for line in news.next(in: folder) {
      let there = BlockResult(line, launch, stopping: .cancelled)
      result.survivors += there.survivors
      result.problem = result.problem ?? there.problem
    }
    return result
  }
}
