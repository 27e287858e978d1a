/// One end of a run, as the history keeps it: what was run, by whom, and how each step went. It stays when the run itself
/// is forgotten.
///
/// A line of `history.jsonl`, for example (broken for reading):
///
/// ```json
/// {"ended":"2026-08-21T14:02:25.880+02:00","journal":18211,"machine":"laptop","note":"/home/ana/vault/Deploy.md",
///  "outcome":"rolled back","run":"20260821-120210-7f3a","seconds":15.6,"started":"2026-08-21T14:02:10.212+02:00",
///  "status":3,"step":"Upload dist/","steps":[{"id":"build","result":"succeeded","seconds":12.4,"title":"Build"}],
///  "user":"ana","version":1}
/// ```
public struct HistoryLine: Sendable, Codable, Equatable {
  public struct Step: Sendable, Codable, Equatable {
    /// Its `^id`, else its headings and its text.
    public let id: String
    public let title: String
    /// `succeeded`, `failed`, `skipped`, …
    public let result: String
    /// The exit status of the block that failed.
    public let exit: Int?
    /// Seconds of work.
    public let seconds: Double?
    /// Whether it was undone; nil where it did not have to be.
    public let undone: Bool?
  }

  /// Of this form: 1.
  public let version: Int
  public let run: RunID
  /// The real path of the note.
  public let note: String
  /// The path at which people see it, where that is another.
  public let place: String?
  /// With the zone's offset.
  public let started: WallTime?
  public let ended: WallTime?
  public let outcome: Outcome
  /// The program's exit status.
  public let status: Int32
  /// Seconds of work: without what it waited for a person.
  public let seconds: Double
  /// The title of the step that it failed at.
  public let step: String?
  public let user: String
  public let machine: String
  /// `1a2b3c4`, with ` (dirty)` behind it where tracked files were changed.
  public let commit: String?
  /// The run that it undid later.
  public let undoes: RunID?
  public let steps: [Step]
  /// How long the run's journal was by then, in bytes: a longer one has more to tell.
  public let journal: Int64

  /// Nil where the run has not ended.
  ///
  /// - Parameters:
  ///   - state: of events, which are masked.
  ///   - journal: how long it is, in bytes.
  init?(_ state: RunState, _ plan: Masked<Plan>, journal: Int64) {
    let plan = plan.value
    guard let header = state.header, let outcome = state.outcome, let status = state.exitStatus
    else { return nil }
    version = 1
    run = header.id
    note = header.note
    place = header.shownPath == header.note ? nil : header.shownPath
    started = state.startedAt
    ended = state.endedAt
    self.outcome = outcome
    self.status = status
    seconds = Self.rounded(state.workSeconds)
    step = state.failure?.step.map { plan.step($0)?.fullTitle ?? $0.text }
    user = header.user
    machine = header.machine
    commit = header.commit.map { $0.id + ($0.isDirty ? " (dirty)" : "") }
    undoes = header.undoes?.run
    steps = plan.steps.compactMap { step in
      guard let progress = state.steps[step.id], let result = progress.result else { return nil }
      return Step(
        id: step.id.text, title: step.fullTitle, result: result.rawValue, exit: progress.exit,
        seconds: progress.took.map(Self.rounded), undone: progress.isRolledBack)
    }
    self.journal = journal
  }

  /// To milliseconds.
  private static func rounded(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }
}
