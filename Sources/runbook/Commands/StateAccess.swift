import Runbook

/// The state folder and the note's lock, or a status and words about why not.
struct StateAccess {
  let state: StateFolder

  static func open() throws -> StateAccess {
    do {
      return StateAccess(state: try StateFolder(environment: ProcessContext.environment))
    } catch let problem as VaultProblem {
      Output.complain("error: \(problem.message)\n  fix: \(problem.fix ?? "")\nNothing was run.")
      throw ExitStatus.noState
    } catch {
      Output.complain(
        "error: the state folder can't be used: \(error)\n"
          + "  fix: point XDG_STATE_HOME to a folder that can be written. Nothing was run.")
      throw ExitStatus.noState
    }
  }

  /// Takes the note for a run, and the lock that it names, if any.
  ///
  /// - Parameter waits: until others give them back.
  func lock(_ note: NoteFile, _ plan: Plan, waits: Bool = false) throws -> RunLocks {
    let noteLock = try take(note.realPath, "\(plan.file) is being run", waits: waits)
    let shared = try plan.settings.lock.map {
      try take("lock:\($0)", "the lock “\($0)” of \(plan.file) is held", waits: waits)
    }
    return RunLocks(note: noteLock, shared: shared)
  }

  private func take(_ what: String, _ state: String, waits: Bool) throws -> NoteLock {
    var hasTold = false
    let clock = SystemClock()
    let patience = clock.uptime + 5
    while true {
      switch try NoteLock.take(note: what, in: self.state) {
      case .taken(let lock): return lock
      case .held(let holder):
        if holder?.isGone == true, clock.uptime < patience {
          clock.wait(for: [], atMost: 0.02)
          continue
        }
        guard waits else { throw refuse(state, holder) }
        if !hasTold { Output.complain("\(state) \(Self.who(holder)); waiting") }
        hasTold = true
        clock.wait(for: [], atMost: 0.2)
      }
    }
  }

  private func refuse(_ what: String, _ holder: NoteLock.Holder?) -> ExitStatus {
    let short = holder?.run.suffix(4) ?? ""
    Output.complain(
      "error: \(what) \(Self.who(holder))\n"
        + "  fix: see it: runbook attach \(short)  stop it: runbook cancel \(short)  "
        + "or wait for it: --wait")
    return .locked
  }

  private static func who(_ holder: NoteLock.Holder?) -> String {
    holder.map {
      "by run \($0.run) of \($0.user), since \($0.since.time), process \($0.pid)"
    } ?? "by another process"
  }

  func sign(_ locks: RunLocks, for run: RunID) {
    let holder = NoteLock.Holder(
      run: run.text, user: ProcessContext.user, pid: StepProcess.ofThisProcess?.pid ?? 0,
      since: SystemClock().now)
    for lock in locks.all { lock.sign(holder) }
  }

  /// A note with an unfinished run is as good as locked: its steps may still be running.
  ///
  /// - Returns: the note's last run, where it has ended but its runner was killed before all of it was written down.
  func refuseUnfinished(_ locks: RunLocks, named name: String) throws -> StoredRun? {
    guard let last = locks.note.lastHolder, let id = RunID(last.run) else { return nil }
    let stored: StoredRun
    switch RunArchive(state).look(at: id) {
    case .run(let run): stored = run
    case .neverBegan: return nil
    case .unreadable(let problem): throw refuse(problem, of: name)
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

  /// Whether it has ended is unknown: it may be in the middle of a step.
  private func refuse(_ problem: RunArchive.Problem, of name: String) -> ExitStatus {
    Output.complain(
      "error: whether the last run of \(name) has ended is unknown: \(problem.message)\n"
        + "  fix: \(problem.fix)")
    return .locked
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
