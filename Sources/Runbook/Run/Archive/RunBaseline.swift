/// An earlier run, as far as another is compared with it.
public struct RunBaseline: Sendable {
  public let run: RunID
  /// Of the note as it was then.
  public let plan: Plan
  /// Who ran it, where, of which commit, with which parameters.
  public let header: RunHeader?
  public let startedAt: WallTime?

  public init(
    run: RunID, plan: Plan, header: RunHeader? = nil, startedAt: WallTime? = nil
  ) {
    self.run = run
    self.plan = plan
    self.header = header
    self.startedAt = startedAt
  }
}
