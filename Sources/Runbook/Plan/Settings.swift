/// What a note's front matter says of how it runs.
public struct Settings: Sendable, Equatable {
  public var timeout: TimeLimit?
  public var idle: TimeLimit?
  public var grace: Double?
  public var onTimeout: TimeoutPolicy?
  public var onError: ErrorPolicy?
  /// Replaces the interpreter of `sh`, `shell` and `bash` blocks.
  public var shell: Interpreter?
  /// Relative to the note's folder.
  public var cwd: String?
  public var host: String?
  public var sshConfig: String?
  public var inventory: String?
  /// The sections to run; nil: the whole note.
  public var steps: [String]? { sections?.map(\.text) }
  public var notify: String?
  /// How many lines of a log the note shows.
  public var logLines = 20
  /// Bytes; a longer log stops its step.
  public var logLimit = 1 << 30
  public var lock: String?
  public var lockHost: String?
  public var record: RecordMode = .both

  /// A name in `steps:`, with its bytes in the note.
  struct SectionName: Sendable, Equatable {
    let text: String
    let place: Range<Int>?
  }

  var sections: [SectionName]?

  public init() {}
}
