/// What is known at the end of an attempt at a block on a host.
public struct HostVerdict: Sendable, Codable, Equatable {
  public enum End: Sendable, Codable, Equatable {
    /// As a shell gives it: 128 and the signal's number, where a signal ended it.
    case exited(Int)
    /// It was stopped before it began, and never will.
    case never
    /// It could not be started there: why.
    case failed(String)
    /// Its supervisor there was killed, or the host went down.
    case lost
    /// It had to be stopped and could not be killed.
    case alive
    /// There was no connection, and nothing of it has run.
    case unreachable(HostFault)
    /// Nobody knows, since there is no connection any more.
    case unknown(HostFault)
  }

  public var end: End
  /// Why the host's own supervisor stopped it: `deadline`, `request`, `log-limit`.
  public var stopped: String?
  public var left: [NamedProcess] = []
  public var survivors: [NamedProcess] = []
  /// What a strict shell there told of.
  var failures: ShellFailures?
  /// Bytes of its log that could not be written here: a full disk.
  public var lost: Int?
  /// The supervisor's pid there.
  public var pid: Int32?

  init(_ end: End) { self.end = end }

  func write(to folder: StepFolder) throws {
    let text = try JSONText.encode(self, isPretty: false)
    try WholeFile.replace(folder.verdict, with: Array(text.utf8), mode: 0o600)
  }

  static func read(from folder: StepFolder) -> HostVerdict? {
    (try? WholeFile.read(folder.verdict)).flatMap { JSONText.decode(HostVerdict.self, $0) }
  }
}
