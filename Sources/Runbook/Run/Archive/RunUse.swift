/// What a command does with a run, and with which runs it can be done. `rollback`, `cancel`, `resume`, `attach` and
/// `logs` all choose by this where none is named.
public enum RunUse: Sendable, Equatable {
  /// - Parameter anyway: also where something speaks against it.
  case rollback(anyway: Bool)
  /// - Parameter abandons: gives up a run that nothing carries; else stops one that something carries.
  case cancel(abandons: Bool)
  case resume
  case attach
  case logs

  enum Verdict {
    /// It can be done with this run.
    case fits
    /// It can't; it may with an earlier run of the note.
    case no
    /// It can't, nor with any earlier run of the note: this one stands on top of those.
    case none
  }

  /// - Parameter isCarried: by a process, now.
  func verdict(
    on run: StoredRun, in archive: RunArchive, isCarried: (StoredRun) -> Bool
  ) -> Verdict {
    let hasEnded = run.state.outcome != nil
    switch self {
    case .logs: return .fits
    case .attach: return hasEnded ? .none : .fits
    case .cancel(let abandons):
      return !hasEnded && isCarried(run) != abandons ? .fits : .none
    case .resume:
      guard !run.isUnrecorded, !isCarried(run) else { return .none }
      // What has ended, and is not written down yet, has that left to be done.
      guard hasEnded, run.state.isRecorded else { return .fits }
      return RunOpening.problem(of: run, in: archive) == nil ? .fits : .none
    case .rollback(let anyway): return Self.rollback(of: run, in: archive, anyway: anyway)
    }
  }

  private static func rollback(
    of run: StoredRun, in archive: RunArchive, anyway: Bool
  ) -> Verdict {
    guard let outcome = run.state.outcome else { return .none }
    // Nothing of it is there any more, so what the note did before is on top.
    if outcome == .rolledBack || run.state.begun.isEmpty { return .no }
    do throws(RunArchive.Problem) {
      let rollback = try LaterRollback(of: run, in: archive)
      return rollback.doubts.isEmpty || anyway ? .fits : .none
    } catch {
      return archive.isUndone(run) ? .no : .none
    }
  }
}
