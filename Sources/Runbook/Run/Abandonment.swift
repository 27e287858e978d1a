/// Ends a run that nobody carries, without undoing anything.
public enum Abandonment {
  /// Stops what still runs of it, and writes the end into its journal.
  public static func abandon(_ run: StoredRun) throws {
    var state = run.state
    let journal = try Journal(path: run.folder.journal, length: run.journalLength)
    let clock = SystemClock()
    func record(_ kind: RunEvent.Kind) throws {
      let event = RunEvent(
        number: state.lastNumber + 1, at: clock.now, uptime: state.uptime, kind: kind)
      try journal.append(event)
      state.apply(event)
    }
    if let running = state.running {
      let handle = StepHandle.adopt(
        folder: run.folder.step(running.folder), process: running.process)
      try record(
        .stopping(
          RunEvent.Stopping(attempt: running.attempt, reason: .cancelled, isImmediate: true)))
      try journal.sync()
      if handle.status() == .running { handle.kill() }
    }
    try record(
      .failed(
        Failure(
          step: state.open.last?.step, kind: .cancelled, reason: "given up; nothing is undone",
          next: .stop)))
    try record(.runEnded(RunEvent.RunEnded(outcome: .cancelled)))
    try journal.sync()
  }
}
