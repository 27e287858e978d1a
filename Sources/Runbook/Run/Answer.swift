/// What a person said to a question, or that nobody did.
public struct Answer: Sendable, Codable, Equatable {
  public enum Choice: String, Sendable, Codable, CaseIterable {
    case yes
    case no
    case done
    case skip
    case retry
    case rollback
    /// The run ends here, and nothing is undone.
    case stop
    case run
    /// The run goes on without this terminal, and no limit ends the block any more.
    case background
    /// One more deadline.
    case wait
    /// Stop it, and run the step's fallback in its place.
    case fallback
    /// Stop it, and roll back.
    case cancel
    /// The run goes on without this terminal.
    case leave
    /// The time for an answer passed.
    case none
  }

  public let choice: Choice
  public let comment: String?
  public let by: String?

  public init(_ choice: Choice, comment: String? = nil, by: String? = nil) {
    self.choice = choice
    self.comment = comment
    self.by = by
  }
}
