#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ends a run that nobody carries, without undoing anything more.
public enum Abandonment {
  /// Stops what still runs of it, and writes the end into its journal. The caller has the note's lock.
  public static func abandon(_ run: StoredRun, environment: [String: String]) throws {
    let journal = try JournalAmendment(run)
    if let running = run.state.running { try stop(running, of: run, journal, environment) }
    guard run.state.rollback == nil else {
      try journal.record(.rollbackAbandoned)
      return try journal.record(.runEnded(RunEvent.RunEnded(outcome: .rollbackFailed)))
    }
    try journal.record(
      .failed(
        Failure(
          step: run.state.open.last?.step, kind: .cancelled, reason: "given up; nothing is undone",
          next: .stop)))
    try journal.record(.runEnded(RunEvent.RunEnded(outcome: .cancelled)))
  }

  /// Its end is written down too: what was begun can be rolled back later.
  private static func stop(
    _ running: RunState.RunningAttempt, of run: StoredRun, _ journal: JournalAmendment,
    _ environment: [String: String]
  ) throws {
    try journal.record(
      .stopping(
        RunEvent.Stopping(attempt: running.attempt, reason: .cancelled, isImmediate: true)))
    let folder = run.folder.step(running.folder)
    let here = kill(StepHandle.adopt(folder: folder, process: running.process))
    let end = stopElsewhere(folder, environment) ?? here
    try journal.record(.blockEnded(RunEvent.BlockEnded(attempt: running.attempt, result: end)))
  }

  /// Nil where the attempt is of this machine.
  private static func stopElsewhere(
    _ attempt: StepFolder, _ environment: [String: String]
  ) -> BlockResult? {
    HostFollower.stopLeftBehind(in: attempt, environment: environment)
      ?? FleetFollower.stopLeftBehind(in: attempt, environment: environment)
  }

  private static func kill(_ handle: StepHandle) -> BlockResult {
    if case .running = handle.status() { handle.kill() }
    // The supervisor names after a moment what can't be killed.
    for _ in 0..<1000 {
      guard case .running = handle.status() else { break }
      usleep(10_000)
    }
    if case .ended(let status) = handle.status() {
      return BlockResult(status, stopping: .cancelled)
    }
    var result = BlockResult(took: 0)
    result.problem = "its supervisor was killed; how it ended is unknown"
    result.stopped = .cancelled
    result.survivors = handle.killRemainingProcesses()
    return result
  }

  /// The same where the journal can't be read, so that no end can be written into it: the folder is kept under
  /// another name, by which it is no run any more. The caller has the note's lock, or nobody has.
  ///
  /// - Returns: the folder's new path.
  public static func setAside(
    _ id: RunID, in state: StateFolder, environment: [String: String]
  ) throws -> String {
    let folder = RunFolder(path: "\(state.runs)/\(id.text)")
    for name in folder.stepNames {
      let nobody = StepProcess(pid: -1, startTime: 0, bootID: "")
      _ = kill(StepHandle.adopt(folder: folder.step(name), process: nobody))
      _ = stopElsewhere(folder.step(name), environment)
    }
    let path = "\(folder.path).unreadable"
    guard rename(folder.path, path) == 0 else { throw SystemError("rename", path: folder.path) }
    try WholeFile.syncFolder(state.runs)
    return path
  }
}
