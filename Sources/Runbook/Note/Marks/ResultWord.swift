/// What a step's inline field `[result:: …]` can say. A closed list: other words are the user's own.
public enum ResultWord: String, Sendable, CaseIterable {
  case failed
  case timedOut = "timed out"
  case cancelled
  case skipped
  case rolledBack = "rolled back"
  case rollbackFailed = "rollback failed"
  case byHand = "by hand"
  case done
  case waiting
  case running
  case interrupted
  case stopped
  case warning
  case unknown
  /// Only read and stripped, never written: plain success needs no word.
  case ok
}
