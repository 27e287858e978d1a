/// What ended the way forward.
public struct Failure: Sendable, Codable, Equatable {
  public enum Kind: String, Sendable, Codable {
    case failed
    case timedOut = "timed out"
    case cancelled
  }

  public enum Next: String, Sendable, Codable {
    case rollback
    case stop
  }

  /// Nil where the run was cancelled between two steps.
  public let step: StepID?
  public let kind: Kind
  public let exit: Int?
  public let reason: String?
  public let next: Next

  public init(step: StepID?, kind: Kind, exit: Int? = nil, reason: String? = nil, next: Next) {
    self.step = step
    self.kind = kind
    self.exit = exit
    self.reason = reason
    self.next = next
  }
}
