import Runbook

/// A run as `runs` lists it.
struct RunEntry: Encodable {
  let id: String
  let note: String
  /// The outcome, or `running`, `paused`, `interrupted`.
  let status: String
  /// ISO 8601 with the zone's offset.
  let started: String
  let seconds: Double
  /// Where it stands, or failed.
  let step: String?
  /// The run that it undid, where it is a later rollback.
  let undoes: String?
  let short: String
  let startedText: String

  private enum CodingKeys: String, CodingKey {
    case id, note, status, started, seconds, step, undoes
  }

  /// A run of which only the id can be read.
  init(unreadable run: RunID) {
    id = run.text
    short = run.short
    (note, status, started, startedText, seconds, step, undoes) = (
      "", "unreadable", "", "", 0, nil, nil
    )
  }

  init(_ stored: StoredRun, isCarried: Bool) {
    let state = stored.state
    id = stored.id.text
    short = stored.id.short
    note = stored.header.note
    undoes = stored.header.undoes?.run.text
    started = state.startedAt?.text ?? ""
    startedText = state.startedAt.map { "\($0.date) \($0.time)" } ?? ""
    seconds = (state.workSeconds * 10).rounded() / 10
    if let outcome = state.outcome {
      status = outcome.rawValue
    } else if isCarried {
      status = "running"
    } else {
      status = state.paused == nil ? "interrupted" : "paused"
    }
    let place = state.failure?.step ?? state.paused?.step ?? state.open.last?.step
    step = place.map { stored.plan.step($0)?.fullTitle ?? $0.text }
  }
}
