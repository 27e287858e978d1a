/// What a note's front matter says of how it runs.
public struct Settings: Sendable, Equatable {
  public var timeout: TimeLimit?
  public var idle: TimeLimit?
  public var grace: Double?
  public var onTimeout: TimeoutPolicy?
  public var onError: ErrorPolicy?
  /// Replaces the interpreter of `sh`, `shell` and `bash` blocks.
  public var shell: Interpreter?
  /// Whether shells without options stop at a block's first failure; they do if nobody says.
  public var strict: Bool?
  /// Relative to the note's folder.
  public var cwd: String?
  public var host: String?
  public var sshConfig: String?
  public var inventory: String?
  public var notify: String?
  /// How many lines of a log the note shows.
  public var logLines = 20
  /// Bytes; a longer log stops its step.
  public var logLimit = 1 << 30
  public var lock: String?
  public var lockHost: String?
  public var record: RecordMode = .both

  public init() {}

  /// These, with what an embedded note says of how its blocks run. Where they run, and all that is about the whole
  /// run, is the outer note's.
  func embedding(_ inner: Settings) -> Settings {
    var result = self
    result.timeout = inner.timeout ?? timeout
    result.idle = inner.idle ?? idle
    result.grace = inner.grace ?? grace
    result.onTimeout = inner.onTimeout ?? onTimeout
    result.onError = inner.onError ?? onError
    result.shell = inner.shell ?? shell
    result.strict = inner.strict ?? strict
    return result
  }
}
