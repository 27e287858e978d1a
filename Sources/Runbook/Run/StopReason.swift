/// Why a block is stopped.
public enum StopReason: String, Sendable, Codable {
  case timedOut = "timed out"
  /// Too long without output.
  case silent
  case cancelled
  /// Its log grew over the limit.
  case logLimit = "log limit"
}
