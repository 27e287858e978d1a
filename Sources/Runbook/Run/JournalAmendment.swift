/// Goes on with the journal of a run that nobody carries. The caller has the note's lock, and read the run after
/// he had it: what another runner wrote meanwhile would be cut off.
public final class JournalAmendment {
  public private(set) var state: RunState
  private let journal: Journal
  private let mask: SecretMask
  private let clock = SystemClock()

  public init(_ run: StoredRun) throws {
    state = run.state
    mask = run.mask
    journal = try Journal(path: run.folder.journal, length: run.journalLength)
  }

  /// On disk before this returns. The run's own clock stands still.
  public func record(_ kind: RunEvent.Kind) throws {
    let event = RunEvent(
      number: state.lastNumber + 1, at: clock.now, uptime: state.uptime, kind: mask.mask(kind))
    try journal.append(event)
    try journal.sync()
    state.apply(event)
  }
}
