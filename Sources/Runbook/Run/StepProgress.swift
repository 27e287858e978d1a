/// What is known of a step.
public struct StepProgress: Sendable, Equatable {
  public var startedAt: WallTime?
  public var startUptime: Double?
  public var endedAt: WallTime?
  public var result: StepResult?
  public var exit: Int?
  public var reason: String?
  /// Seconds of work: awake, and without what it waited for a person.
  public var took: Double?
  /// Seconds in which a person was waited for.
  public var waited = 0.0
  /// One of its blocks, or of its children's, ran and may have to be undone.
  public var hasBegun = false
  /// Whether it was undone; nil: it did not have to be, or not yet.
  public var isRolledBack: Bool?

  public init() {}

  mutating func end(_ value: RunEvent.StepEnded, at moment: WallTime) {
    endedAt = moment
    result = value.result
    exit = value.exit
    reason = value.reason
    took = value.took
  }

  /// By the run, or by hand before it, and not undone since.
  public var isDone: Bool {
    guard isRolledBack == nil else { return false }
    return switch result {
    case .succeeded, .done, .byHand, .warning: true
    default: false
    }
  }
}
