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
  /// The note as somebody would type it here.
  let noteText: String
  let ageText: String

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
    (noteText, ageText) = ("", "")
  }

  /// Nil for a run that never began.
  init?(_ id: RunID, _ archive: RunArchive, _ access: StateAccess) {
    switch archive.look(at: id) {
    case .run(let run): self.init(run, isCarried: access.isCarriedOrUnknown(run))
    case .neverBegan: return nil
    case .unreadable: self.init(unreadable: id)
    }
  }

  init(_ stored: StoredRun, isCarried: Bool) {
    let state = stored.state
    id = stored.id.text
    short = stored.id.short
    note = stored.header.note
    noteText = ProcessContext.shown(stored.header.shownPath)
    ageText =
      state.startedAt.map { Elapsed.ago($0.seconds(to: SystemClock().now)) } ?? ""
    undoes = stored.header.undoes?.run.text
    started = state.startedAt?.text ?? ""
    startedText = state.startedAt.map(Self.text) ?? ""
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

  /// In the zone that it began in, which is said where it is not the one of here and now.
  private static func text(_ started: WallTime) -> String {
    let zone = started.offset == SystemClock().now.offset ? "" : " \(started.zone)"
    return "\(started.date) \(started.time)\(zone)"
  }
}
