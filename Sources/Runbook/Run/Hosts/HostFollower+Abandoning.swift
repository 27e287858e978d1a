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

  /// Ends, at once, what runs on a host of an attempt that nobody follows any more. Returns within the time that a
  /// connection takes.
  ///
  /// - Returns: what is known of its end; nil where the attempt is none on a host.
  static func stopLeftBehind(
    in attempt: StepFolder, environment: [String: String]
  ) -> BlockResult? {
    guard var launch = HostLaunch.read(from: attempt) else { return nil }
    var result = BlockResult(took: 0)
    var verdict = HostVerdict.read(from: attempt)
    if verdict == nil {
      launch.stop = .atOnce
      do {
        let folder = try attempt.abandoned {
          try launch.write(to: $0)
        } follow: {
          _ = try HostFollower($0, environment: environment, output: $1, errors: $1)?.run()
        }
        verdict = HostVerdict.read(from: folder)
      } catch {
        result.problem = "the block on \(launch.host) could not be stopped: \(error)"
        return result
      }
    }
    if let verdict {
      result.take(verdict, host: launch.host, look: look(launch), stopping: .cancelled)
    }
    return result
  }
}

extension StepFolder {
  /// A folder beside this one, for whoever stops what runs elsewhere of this attempt.
  func abandoned(
    write: (StepFolder) throws -> Void, follow: (StepFolder, _ log: Int32) throws -> Void
  ) throws -> StepFolder {
    let folder = StepFolder(path: path + "-abandoned")
    try folder.create(script: [])
    try write(folder)
    let log = open(folder.log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard log >= 0 else { throw SystemError("open", path: folder.log) }
    defer { close(log) }
    try follow(folder, log)
    return folder
  }
}
