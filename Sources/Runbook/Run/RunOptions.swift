/// How a run was asked to behave.
public struct RunOptions: Sendable, Codable, Equatable {
  /// `--no-rollback`
  public var rollsBack = true
  /// `--yes`: answers `confirm` of run blocks; never a manual step, never a rollback's question.
  public var assumesYes = false
  /// `--step`: asks before each step.
  public var asksBeforeSteps = false
  public var record: RecordMode = .both
  /// How long a question of a failure or an interruption stands, in seconds.
  public var questionSeconds: Double = 60

  public init() {}
}
