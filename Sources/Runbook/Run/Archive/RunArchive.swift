/// The runs that this machine remembers.
public struct RunArchive {
  public struct Problem: Error, Equatable {
    public let message: String
    public let fix: String

    public init(message: String, fix: String) {
      self.message = message
      self.fix = fix
    }
  }

  /// The folder of all runs.
  private let runs: String

  public init(_ state: StateFolder) { runs = state.runs }

  /// Makes nothing: where no run was remembered yet there is none.
  public init?(environment: [String: String]) {
    guard let runs = StateFolder.runs(environment: environment) else { return nil }
    self.runs = runs
  }

  /// All runs, the latest last.
  public func ids() -> [RunID] { RunOrder(runs: runs).ids }

  /// The run of that id, or of that end of an id.
  public func find(_ name: String) throws(Problem) -> StoredRun {
    let id = try id(of: name)
    return try StoredRun(folder: folder(id), id: id)
  }

  /// Also of one that can't be read.
  public func id(of name: String) throws(Problem) -> RunID {
    let found = ids().filter { $0.text == name || $0.text.hasSuffix(name) }
    guard let id = found.first else {
      throw Problem(
        message: "there is no run “\(name)”", fix: "see which there are: runbook runs")
    }
    guard found.count == 1 else {
      throw Problem(
        message: "“\(name)” fits more than one run: "
          + found.map(\.text).joined(separator: ", "), fix: "give the whole id")
    }
    return id
  }

  /// The end of an id by which the run can be named; all of the id where others end so too.
  public func name(of id: RunID) -> String {
    ids().count { $0.short == id.short } == 1 ? id.short : id.text
  }

  /// What a run's folder holds.
  public enum Found {
    case run(StoredRun)
    /// Its runner was killed before the first event was written, so nothing was run.
    case neverBegan
    /// Something ran, and nobody knows what.
    case unreadable(Problem)
  }

  public func look(at id: RunID) -> Found {
    do {
      return .run(try StoredRun(folder: folder(id), id: id))
    } catch {
      return folder(id).hasEvents ? .unreadable(error) : .neverBegan
    }
  }

  /// Those of the same note that began later, the latest last. What can't be told to be another's is unreadable.
  func runs(after run: StoredRun) -> (runs: [StoredRun], unreadable: [Problem]) {
    var result: ([StoredRun], [Problem]) = ([], [])
    for later in ids().drop(while: { $0 != run.id }).dropFirst() {
      if let origin = folder(later).origin, origin.note != run.header.note { continue }
      switch look(at: later) {
      case .run(let run): result.0.append(run)
      case .neverBegan: break
      case .unreadable(let problem): result.1.append(problem)
      }
    }
    return result
  }

  /// A later rollback of the run undid all of it.
  func isUndone(_ run: StoredRun) -> Bool {
    runs(after: run).runs.contains {
      $0.header.undoes?.run == run.id && $0.state.outcome == .rolledBack
    }
  }

  /// A run that a command may mean.
  public struct Candidate: Equatable {
    public let id: RunID
    /// The vault, or the folder, of its note.
    public let root: String
  }

  /// The runs of a place with which that can be done, the latest first. One that can't be read is among them, since
  /// nobody knows that it can't.
  ///
  /// - Parameters:
  ///   - limit: so many at most.
  ///   - onePerNote: the latest of each note.
  ///   - prefix: how their ids begin.
  public func candidates(
    for use: RunUse, in scope: RunScope, atMost limit: Int = .max, onePerNote: Bool = true,
    prefix: String = "", isCarried: (StoredRun) -> Bool
  ) -> [Candidate] {
    var found: [Candidate] = []
    var settled: Set<String> = []
    for id in ids().reversed() where found.count < limit {
      guard id.text.hasPrefix(prefix), let origin = folder(id).origin,
        !settled.contains(origin.note),
        scope.contains(origin)
      else { continue }
      let verdict: RunUse.Verdict =
        switch look(at: id) {
        case .neverBegan: .no
        case .unreadable: .fits
        case .run(let run): use.verdict(on: run, in: self, isCarried: isCarried)
        }
      if verdict == .fits { found.append(Candidate(id: id, root: origin.root)) }
      if verdict == .none || verdict == .fits && (onePerNote || use != .logs) {
        settled.insert(origin.note)
      }
    }
    return found
  }

  /// The run that a command means where none is named.
  public enum Choice: Equatable {
    case run(RunID)
    /// Those of several places, of which somebody has to choose; the latest of each note, the latest first.
    case several([Candidate])
    /// No run of that place is remembered.
    case none
  }

  /// Where it can be done with none of the place's runs, the place's latest one is meant: the command says why not.
  public func choose(
    for use: RunUse, in scope: RunScope, isCarried: (StoredRun) -> Bool
  ) -> Choice {
    let most = scope.isOnePlace ? 1 : Int.max
    let found = candidates(for: use, in: scope, atMost: most, isCarried: isCarried)
    let all =
      found.isEmpty && scope != .everywhere
      ? candidates(for: .logs, in: scope, atMost: most, isCarried: isCarried) : found
    guard let latest = all.first else { return .none }
    let isOnePlace = scope != .everywhere && Set(all.map(\.root)).count == 1
    return isOnePlace ? .run(latest.id) : .several(all)
  }

  /// Those of a place, the latest last.
  public func ids(in scope: RunScope) -> [RunID] {
    ids().filter { id in
      // Whose one is that can't be read is unknown.
      guard let origin = folder(id).origin else { return folder(id).hasEvents }
      return scope.contains(origin)
    }
  }

  /// The latest run of each note.
  public func latestOfNotes() -> Set<RunID> {
    let latest = ids().compactMap { id in folder(id).origin.map { ($0.note, id) } }
    return Set(Dictionary(latest, uniquingKeysWith: { $1 }).values)
  }

  /// The last line that the history has of each run.
  public func history() -> [RunID: HistoryLine] {
    Dictionary(
      RunHistoryFile(beside: runs).lines().map { ($0.run, $0) }, uniquingKeysWith: { $1 })
  }

  /// Runs that have ended, as the history tells of them: without those that were gone on with since.
  public func ended() -> [RunID: HistoryLine] {
    history().filter { WholeFile.size(folder($0.key).journal) == $0.value.journal }
  }

  /// Removes a run that has ended, with all that is kept of it; the history keeps how it went.
  public func forget(_ run: StoredRun) throws {
    if ended()[run.id] == nil { try run.folder.enterHistory(run.state, run.mask.mask(run.plan)) }
    try run.folder.remove()
  }

  private func folder(_ id: RunID) -> RunFolder { RunFolder(path: "\(runs)/\(id.text)") }
}
