#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

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
  public func ids() -> [RunID] {
    guard let stream = opendir(runs) else { return [] }
    defer { closedir(stream) }
    let ids = Vault.entries(of: stream).compactMap { RunID($0.name) }
    let ages = Dictionary(
      ids.map { ($0.text, Self.age(folder($0).note)) }, uniquingKeysWith: { first, _ in first })
    return ids.sorted {
      // The last four characters of an id are drawn: within a second they tell nothing.
      let (one, other) = ($0.text.prefix(15), $1.text.prefix(15))
      return one == other ? (ages[$0.text] ?? 0) < (ages[$1.text] ?? 0) : one < other
    }
  }

  /// The run of that id, or of that end of an id; the latest where none is named.
  public func find(_ name: String?) throws(Problem) -> StoredRun {
    let id = try id(of: name)
    return try StoredRun(folder: folder(id), id: id)
  }

  /// Also of one that can't be read.
  public func id(of name: String?) throws(Problem) -> RunID {
    let ids = ids()
    guard let latest = ids.last else {
      throw Problem(message: "no run is remembered here", fix: "run a note: runbook exec NOTE.md")
    }
    guard let name else {
      // A folder without an event is no run that anybody could mean.
      return ids.last { folder($0).hasEvents } ?? latest
    }
    let found = ids.filter { $0.text == name || $0.text.hasSuffix(name) }
    guard let id = found.first else {
      throw Problem(
        message: "there is no run “\(name)”",
        fix: "the latest is \(latest.short); one of its steps: runbook logs \(latest.short) STEP")
    }
    guard found.count == 1 else {
      throw Problem(
        message: "“\(name)” fits more than one run: "
          + found.map(\.text).joined(separator: ", "), fix: "give the whole id")
    }
    return id
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
      if let header = folder(later).header, header.note != run.header.note { continue }
      switch look(at: later) {
      case .run(let run): result.0.append(run)
      case .neverBegan: break
      case .unreadable(let problem): result.1.append(problem)
      }
    }
    return result
  }

  /// When the run began, as the file system knows it, in nanoseconds.
  private static func age(_ path: String) -> Int64 {
    var status = stat()
    guard stat(path, &status) == 0 else { return 0 }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  private func folder(_ id: RunID) -> RunFolder { RunFolder(path: "\(runs)/\(id.text)") }
}
