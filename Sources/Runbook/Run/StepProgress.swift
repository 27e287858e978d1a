/// What is known of a step.
public struct StepProgress: Sendable, Equatable {
  public var startedAt: WallTime?
  public var startUptime: Double?
  public var endedAt: WallTime?
  public var result: StepResult?
  public var exit: Int?
  public var reason: String?
  /// Seconds awake.
  public var took: Double?
  /// One of its blocks was started that may have to be undone.
  public var hasBegun = false
  /// Whether it was undone; nil: not tried.
  public var isRolledBack: Bool?

  public init() {}
}
