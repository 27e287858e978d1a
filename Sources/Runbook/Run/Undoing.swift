/// What a later rollback undoes; it is in the header of that rollback's own run.
public struct Undoing: Sendable, Codable, Equatable {
  /// The run that did it.
  public let run: RunID
  public let by: String
  public let startedAt: WallTime
  /// The name of its record note, where it has one.
  public let record: String?
  /// Newest first. An earlier rollback may have undone others already.
  public let steps: [StepID]

  public init(run: RunID, by: String, startedAt: WallTime, record: String?, steps: [StepID]) {
    self.run = run
    self.by = by
    self.startedAt = startedAt
    self.record = record
    self.steps = steps
  }
}
