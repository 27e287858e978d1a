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

  /// A run that has ended, as the history has it.
  init(_ line: HistoryLine) {
    id = line.run.text
    short = line.run.short
    note = line.note
    noteText = ProcessContext.shown(line.place ?? line.note)
    ageText = line.started.map { Elapsed.ago($0.seconds(to: SystemClock().now)) } ?? ""
    undoes = line.undoes?.text
    started = line.started?.text ?? ""
    startedText = line.started.map(Self.text) ?? ""
    seconds = (line.seconds * 10).rounded() / 10
    status = line.outcome.rawValue
    step = line.step
  }

  /// In the zone that it began in, which is said where it is not the one of here and now.
  private static func text(_ started: WallTime) -> String {
    let zone = started.offset == SystemClock().now.offset ? "" : " \(started.zone)"
    return "\(started.date) \(started.time)\(zone)"
  }
}

/// The runs to be listed. One that has ended is taken from the history, a line of one file; of the others the journals
/// are read.
struct RunEntries {
  private let archive: RunArchive
  private let access: StateAccess

  init(_ archive: RunArchive, _ access: StateAccess) {
    self.archive = archive
    self.access = access
  }

  /// The latest first.
  ///
  /// - Parameter count: so many at most; nil for all.
  func latest(_ count: Int?) -> [RunEntry] {
    let known = archive.ended()
    var entries: [RunEntry] = []
    for id in archive.ids().reversed() where entries.count < count ?? .max {
      if let line = known[id] {
        entries.append(RunEntry(line))
      } else if let entry = RunEntry(id, archive, access) {
        entries.append(entry)
      }
    }
    return entries
  }
}
