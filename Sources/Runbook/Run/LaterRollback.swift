import CPlatform

/// What a run that has ended left to be undone, and why that may not be done.
public struct LaterRollback {
  /// The run that did it.
  public let made: StoredRun
  /// Where it stands: that run, or the last rollback of it that did not undo all.
  public let base: StoredRun
  /// Newest first; never empty.
  public let steps: [Step]
  /// What a person should know before; in words. Empty: nothing speaks against it.
  public let doubts: [Problem]

  public typealias Problem = RunArchive.Problem

  /// - Throws: where there is nothing to be undone, or nobody can know what.
  public init(of run: StoredRun, in archive: RunArchive) throws(Problem) {
    let made = run.header.undoes == nil ? run : try archive.find(run.header.made.text)
    let later = archive.runs(after: made)
    let base = later.runs.last { $0.header.undoes?.run == made.id } ?? made
    try Self.refuse(base, made)
    (self.made, self.base) = (made, base)
    let (plan, state) = (base.plan, base.state)
    steps = state.begun.reversed().filter { state.steps[$0]?.isRolledBack != true }
      .compactMap { plan.step($0) }.filter { !$0.blocks(.rollback).isEmpty }
    guard !steps.isEmpty else {
      throw Problem(
        message: "the run \(made.id.text) has nothing to undo",
        fix: "none of the steps that it ran has a rollback block")
    }
    doubts = Self.newer(than: made, later.runs) + later.unreadable + Self.survivors(of: base)
  }

  /// - Parameter record: the name of the record note of the run that is undone.
  public func undoing(record: String?) -> Undoing {
    Undoing(
      run: made.id, by: made.header.user,
      startedAt: made.state.startedAt ?? WallTime(milliseconds: 0), record: record,
      steps: steps.map(\.id))
  }

  /// The folder of the rollback's own run. It stands for itself: the run that it undoes may be forgotten before it.
  public func makeFolder(in state: StateFolder, as id: RunID) throws -> RunFolder {
    return try RunFolder.create(
      in: state, id: id, note: try WholeFile.read(base.folder.note), base.request,
      undone: try base.chain())
  }

  // MARK: Reasons against it

  private static func refuse(_ base: StoredRun, _ made: StoredRun) throws(Problem) {
    guard let outcome = base.state.outcome else {
      throw Problem(
        message: "the run \(base.id.text) has not ended",
        fix: "stop it, which rolls it back: runbook cancel \(base.id.short); "
          + "or go on with it: runbook resume \(base.id.short)")
    }
    guard !made.isUnrecorded, !base.isUnrecorded else {
      throw Problem(
        message: "the journal of the run \(base.id.text) failed, so that nobody knows what it did",
        fix: "look at what was done, and undo it by hand")
    }
    guard outcome == .rolledBack else { return }
    let by = base.id == made.id ? "" : ", by the run \(base.id.text)"
    throw Problem(
      message: "the run \(made.id.text) was rolled back already\(by)", fix: "nothing is left to do")
  }

  /// What was done on top of it would be undone by halves.
  static func newer(than made: StoredRun, _ later: [StoredRun]) -> [Problem] {
    later.filter { run in
      guard run.header.undoes == nil, !run.state.begun.isEmpty else { return false }
      let ends = [run] + later.filter { $0.header.undoes?.run == run.id }
      return !ends.contains { $0.state.outcome == .rolledBack }
    }.map { run in
      Problem(
        message: "the note was run again since: \(run.id.text), "
          + (run.state.outcome?.rawValue ?? "not ended"),
        fix: "undo that run first: runbook rollback \(run.id.short)")
    }
  }

  /// What still writes and what undoes it must not run side by side.
  static func survivors(of base: StoredRun) -> [Problem] {
    let isThisBoot = base.state.runner?.bootID == StepProcess.currentBootID
    let processes = base.state.blocks.values.flatMap(\.attempts).flatMap {
      $0.result?.survivors ?? []
    }
    return processes.filter { mayLive($0, isThisBoot: isThisBoot) }.map { process in
      Problem(
        message: "\(process.text) could not be stopped, and may still run",
        fix: "see what it does, and end it")
    }
  }

  private static func mayLive(_ process: NamedProcess, isThisBoot: Bool) -> Bool {
    guard process.host == nil else { return true }
    guard isThisBoot else { return false }
    guard process.pid > 0 else { return true }
    var found = platform_process()
    return platform_process_read(process.pid, &found) == 0
      && platform_process_is_dead(&found) == 0 && found.shortName == process.name
  }
}
