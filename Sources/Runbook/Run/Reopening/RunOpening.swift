/// A run that failed or was stopped is gone on with, where nothing speaks against that.
public struct RunOpening {
  private let run: StoredRun
  private let event: RunEvent.Reopened
  /// How the run will stand then.
  public let state: RunState

  /// - Parameters:
  ///   - from: the step to go on with; nil: the one that it failed at.
  ///   - user: who goes on with it.
  public init(_ run: StoredRun, from: StepID?, by user: String) {
    self.run = run
    event = Reopening(run.plan, run.state, from: from).event(by: user)
    var state = run.state
    state.apply(
      RunEvent(
        number: state.lastNumber + 1, at: state.lastAt ?? WallTime(milliseconds: 0),
        uptime: state.uptime, kind: run.mask.mask(RunEvent.Kind.reopened(event))))
    self.state = state
  }

  /// Writes that into its journal; from then on it is a run that has not ended. The caller has the note's lock.
  ///
  /// - Returns: the run as it is then.
  public func write(to archive: RunArchive) throws -> StoredRun {
    // First: an old answer must not be found when the run asks again.
    try AnswerBox(run.folder).forget(event.questions)
    try JournalAmendment(run).record(.reopened(event))
    return try archive.find(run.id.text)
  }

  /// Why a run that has ended can't be gone on with; nil: it can.
  ///
  /// - Parameter note: as it would be typed here; nil: by its path.
  public static func problem(
    of run: StoredRun, in archive: RunArchive, note: String? = nil
  ) -> RunArchive.Problem? {
    guard let outcome = run.state.outcome else { return nil }
    let again = "run the note again: runbook exec \(note ?? run.header.shownPath)"
    if run.header.undoes != nil || run.state.rollback != nil {
      let left =
        outcome == .rollbackFailed ? "undo the rest: runbook rollback \(run.id.short)" : again
      return RunArchive.Problem(
        message: "the run \(run.id.text) has ended: \(outcome.rawValue)", fix: left)
    }
    guard [.failed, .timedOut, .cancelled].contains(outcome) else {
      return RunArchive.Problem(
        message: "the run \(run.id.text) has ended: \(outcome.rawValue)", fix: again)
    }
    let later = archive.runs(after: run)
    if let undoing = later.runs.first(where: { $0.header.undoes?.run == run.id }) {
      return RunArchive.Problem(
        message: "the run \(run.id.text) was undone since, by the run \(undoing.id.text)",
        fix: again)
    }
    return
      (LaterRollback.newer(than: run, later.runs) + later.unreadable
      + LaterRollback.survivors(of: run)).first
  }
}
