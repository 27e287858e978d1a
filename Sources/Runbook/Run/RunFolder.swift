#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The private folder (0700) of one run.
public struct RunFolder: Sendable {
  public let path: String

  public init(path: String) { self.path = path }

  public var journal: String { path + "/journal.jsonl" }
  /// The note as it was when the run began.
  public var note: String { path + "/note.md" }
  /// The vault's defaults as they were, where there were any.
  public var defaults: String { path + "/defaults.json" }
  /// Of a later rollback: the journals that it goes on from.
  var undone: String { path + "/undone.jsonl" }
  /// Which notes it embedded, and where they are kept.
  var embeds: String { path + "/embedded.json" }
  func embedded(_ number: Int) -> String { "\(path)/embedded/\(number).md" }
  public var values: String { path + "/values" }
  /// Room that is held for a rollback on a full disk.
  public var ballast: String { path + "/ballast" }
  public var steps: String { path + "/steps" }
  public var answers: String { path + "/answers" }
  /// Is there where the journal failed: what the run did from then on, a rollback for one, is not in it.
  var unrecorded: String { path + "/unrecorded" }

  /// What a runner without a terminal says.
  public var runnerLog: String { path + "/runner.log" }

  public func step(_ name: String) -> StepFolder { StepFolder(path: "\(steps)/\(name)") }

  /// Makes the folder of a new run; the name is taken by making it, so two runs never share one.
  public static func create(
    in state: StateFolder, id: RunID, note bytes: [UInt8], _ request: PlanRequest,
    undone: [UInt8]? = nil
  ) throws -> RunFolder {
    let folder = RunFolder(path: "\(state.runs)/\(id.text)")
    for path in [folder.path, folder.steps, folder.answers] {
      guard mkdir(path, 0o700) == 0 else { throw SystemError("mkdir", path: path) }
    }
    try WholeFile.write(bytes, to: folder.note, mode: 0o600)
    if let defaults = request.vaultDefaults {
      let text = try JSONText.encode(defaults, isPretty: false)
      try WholeFile.write(Array(text.utf8), to: folder.defaults, mode: 0o600)
    }
    if let undone { try WholeFile.write(undone, to: folder.undone, mode: 0o600) }
    try StoredEmbeds.write(request.embeds, to: folder)
    try WholeFile.syncFolder(folder.path)
    try WholeFile.syncFolder(state.runs)
    return folder
  }

  /// The first event is no longer, in bytes; few are longer than a piece of it.
  private static let headLimit = 1 << 18
  private static let headPiece = 1 << 13

  /// What the run is a run of, without reading the rest; nil where that can't be told.
  var header: RunHeader? {
    guard let line = firstLine,
      case .runStarted(let header)? = JSONText.decode(RunEvent.self, line)?.kind
    else { return nil }
    return header
  }

  /// Of which note it is a run; also where the rest of the journal, or its form, can't be read.
  var origin: RunOrigin? { firstLine.flatMap { JSONText.decode(RunOrigin.self, $0) } }

  private var firstLine: [UInt8]? {
    for limit in [Self.headPiece, Self.headLimit] {
      guard let head = try? WholeFile.read(journal, from: 0, limit: limit) else { return nil }
      if let end = head.firstIndex(of: UInt8(ascii: "\n")) { return Array(head[..<end]) }
      if head.count < limit { return nil }
    }
    return nil
  }

  /// When the run began, in milliseconds since 1970: an event's keys are sorted, and its moment is the first.
  var beganAt: Int64? {
    let opening = Array(#"{"at":""#.utf8)
    let size = opening.count + WallTime.textLength
    guard let head = try? WholeFile.read(journal, from: 0, limit: size), head.count == size,
      head.starts(with: opening)
    else { return nil }
    return WallTime(text: String(decoding: head[opening.count...], as: UTF8.self))?.milliseconds
  }

  /// Of the tries that were begun.
  var stepNames: [String] {
    guard let stream = opendir(steps) else { return [] }
    defer { closedir(stream) }
    return Vault.entries(of: stream).map(\.name).filter { !$0.hasPrefix(".") }.sorted()
  }

  /// There is a whole line in its journal. Without one nothing was run: no gate opens before its event is on disk.
  var hasEvents: Bool {
    switch Result(catching: { () throws(SystemError) in try WholeFile.read(journal) }) {
    case .success(let bytes): bytes.contains(UInt8(ascii: "\n"))
    case .failure(let error): error.code != ENOENT
    }
  }

  /// Removes the folder with all that is in it.
  public func remove() throws(SystemError) {
    // The name goes first: a crash in the middle leaves no run that looks whole.
    let grave = "\(path).removed"
    guard rename(path, grave) == 0 else { throw SystemError("rename", path: path) }
    try Self.empty(grave)
    guard rmdir(grave) == 0 else { throw SystemError("rmdir", path: grave) }
  }

  private static func empty(_ folder: String) throws(SystemError) {
    guard let stream = opendir(folder) else { throw SystemError("opendir", path: folder) }
    defer { closedir(stream) }
    for entry in Vault.entries(of: stream) where entry.name != "." && entry.name != ".." {
      let path = "\(folder)/\(entry.name)"
      if unlink(path) == 0 { continue }
      try empty(path)
      guard rmdir(path) == 0 else { throw SystemError("rmdir", path: path) }
    }
  }
}
