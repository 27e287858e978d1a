/// Ends a run that nobody carries, without undoing anything.
public enum Abandonment {
  /// Stops what still runs of it, and writes the end into its journal. The caller has the note's lock.
  public static func abandon(_ run: StoredRun, environment: [String: String]) throws {
    let journal = try JournalAmendment(run)
    if let running = run.state.running {
      let handle = StepHandle.adopt(
        folder: run.folder.step(running.folder), process: running.process)
      try journal.record(
        .stopping(
          RunEvent.Stopping(attempt: running.attempt, reason: .cancelled, isImmediate: true)))
      switch handle.status() {
      case .running: handle.kill()
      case .lost: _ = handle.killRemainingProcesses()
      case .ended: break
      }
      let warnings = [
        HostFollower.stopLeftBehind(running, of: run, environment: environment),
        FleetFollower.stopLeftBehind(running, of: run, environment: environment),
      ]
      for warning in warnings.compactMap(\.self) {
        try journal.record(.warned(RunEvent.Warned(text: warning)))
      }
    }
    try journal.record(
      .failed(
        Failure(
          step: run.state.open.last?.step, kind: .cancelled, reason: "given up; nothing is undone",
          next: .stop)))
    try journal.record(.runEnded(RunEvent.RunEnded(outcome: .cancelled)))
  }
}
