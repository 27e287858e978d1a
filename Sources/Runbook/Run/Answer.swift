/// What a person said to a question, or that nobody did.
public struct Answer: Sendable, Codable, Equatable {
  public enum Choice: String, Sendable, Codable, CaseIterable {
    case yes
    case no
    case done
    case skip
    case retry
    case rollback
    case stop
    case keep
    case run
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
