/// What the command line says of how a note is planned, besides its parameters.
public struct PlanChoices: Sendable, Codable, Equatable {
  /// `--timeout`.
  public var timeout: TimeLimit?
  /// `--on-timeout`.
  public var onTimeout: TimeoutPolicy?
  /// `--continue-on-error`.
  public var continuesOnError = false
  /// `--from`, a step.
  public var from: String?
  /// `--only`, steps.
  public var only: [String] = []
  /// `--skip`, steps.
  public var skip: [String] = []

  public init() {}
}
