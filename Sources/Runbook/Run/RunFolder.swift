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
  public var values: String { path + "/values" }
  public var steps: String { path + "/steps" }
  public var answers: String { path + "/answers" }

  public func step(_ name: String) -> StepFolder { StepFolder(path: "\(steps)/\(name)") }

  /// Makes the folder of a new run; the name is taken by making it, so two runs never share one.
  public static func create(
    in state: StateFolder, id: RunID, note bytes: [UInt8], defaults: VaultDefaults?
  ) throws -> RunFolder {
    let folder = RunFolder(path: "\(state.runs)/\(id.text)")
    for path in [folder.path, folder.steps, folder.answers] {
      guard mkdir(path, 0o700) == 0 else { throw SystemError("mkdir", path: path) }
    }
    try WholeFile.write(bytes, to: folder.note, mode: 0o600)
    if let defaults {
      let text = try JSONText.encode(defaults, isPretty: false)
      try WholeFile.write(Array(text.utf8), to: folder.defaults, mode: 0o600)
    }
    try WholeFile.syncFolder(folder.path)
    try WholeFile.syncFolder(state.runs)
    return folder
  }
}
