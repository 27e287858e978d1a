/// An earlier run, as far as another is compared with it.
public struct RunBaseline: Sendable {
  public let run: RunID
  /// Of the note as it was then.
  public let plan: Plan

  public init(run: RunID, plan: Plan) {
    self.run = run
    self.plan = plan
  }
}
