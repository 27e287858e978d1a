import Runbook

/// The state folder and the note's lock, or a status and words about why not.
struct StateAccess {
  let state: StateFolder

  static func open() throws -> StateAccess {
    do {
      return StateAccess(state: try StateFolder(environment: ProcessContext.environment))
    } catch {
      Output.complain(
        "error: the state folder can't be used: \(error)\n"
          + "  fix: point XDG_STATE_HOME to a folder that can be written. Nothing was run.")
      throw ExitStatus.noState
    }
  }

  /// Takes the note for a run.
  func lock(_ note: NoteFile, named name: String, for run: RunID) throws -> NoteLock {
    switch try NoteLock.take(note: note.realPath, in: state) {
    case .taken(let lock):
      return lock
    case .held(let holder):
      let who = holder.map {
        "by run \($0.run) of \($0.user), since \($0.since.time), process \($0.pid)"
      }
      Output.complain("error: \(name) is being run \(who ?? "by another process")")
      throw ExitStatus.locked
    }
  }

  func sign(_ lock: NoteLock, for run: RunID) {
    lock.sign(
      NoteLock.Holder(
        run: run.text, user: ProcessContext.user, pid: StepProcess.ofThisProcess?.pid ?? 0,
        since: SystemClock().now))
  }

  /// A note with an unfinished run is as good as locked: its steps may still be running.
  ///
  /// - Returns: the note's last run, where it has ended but its runner was killed before all of it was written down.
  func refuseUnfinished(_ lock: NoteLock, named name: String) throws -> StoredRun? {
    guard let last = lock.lastHolder, let stored = try? RunArchive(state).find(last.run) else {
      return nil
    }
    guard stored.state.outcome == nil else { return stored.state.isRecorded ? nil : stored }
    let since = stored.state.startedAt.map { "\($0.date) \($0.time)" } ?? "?"
    let what = stored.state.paused.map { "is paused (\($0.reason))" } ?? "did not end"
    Output.complain(
      """
      error: the run \(stored.id.text) of \(name), begun by \(stored.header.user) at \(since), \(what)
        fix: go on with it:   runbook resume \(stored.id.short)
             or give it up:   runbook cancel \(stored.id.short) --abandon
      """)
    throw ExitStatus.locked
  }

  /// Whether a process carries the run now. The lock tells, not a pid: that may be another process's by now.
  func isCarried(_ stored: StoredRun) throws -> Bool {
    guard case .held(let holder) = try NoteLock.take(note: stored.header.note, in: state) else {
      return false
    }
    return holder?.run == stored.id.text
  }

  func isCarriedOrUnknown(_ stored: StoredRun) -> Bool {
    stored.state.outcome == nil && (try? isCarried(stored)) ?? true
  }
}
