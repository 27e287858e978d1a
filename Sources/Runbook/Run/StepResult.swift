/// How a step ended.
public enum StepResult: String, Sendable, Codable {
  case succeeded
  /// It failed, and `on-error` let the run go on.
  case warning
  case failed
  case timedOut = "timed out"
  case cancelled
  case skipped
  /// Its box was ticked before the run.
  case byHand = "by hand"
  /// A person did it, and said so.
  case done

  public var isFailure: Bool { self == .failed || self == .timedOut || self == .cancelled }
}
