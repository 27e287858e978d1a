/// How a run ended.
public enum Outcome: String, Sendable, Codable, CaseIterable {
  case succeeded
  /// Something failed that was allowed to.
  case warnings
  case failed
  case timedOut = "timed out"
  case cancelled
  /// It failed, timed out or was cancelled, and what was done is undone.
  case rolledBack = "rolled back"
  /// Something could not be undone.
  case rollbackFailed = "rollback failed"

  /// The exit status of the program.
  public var exitStatus: Int32 {
    switch self {
    case .succeeded, .warnings: 0
    case .failed: 1
    case .rolledBack: 3
    case .rollbackFailed: 4
    case .timedOut: 124
    case .cancelled: 130
    }
  }
}
