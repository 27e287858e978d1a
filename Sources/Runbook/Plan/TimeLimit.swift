/// A length of time that is waited for, or none.
public enum TimeLimit: Sendable, Equatable, Codable {
  case none
  case seconds(Double)

  public var seconds: Double? {
    switch self {
    case .none: nil
    case .seconds(let value): value
    }
  }

  /// The parameter by which a note hears of `--timeout`, and by which it names the longest time of a block.
  static let parameter = "DEPLOY_TIMEOUT"

  /// The shorter of the two.
  func atMost(_ other: TimeLimit) -> TimeLimit {
    guard let limit = other.seconds else { return self }
    return .seconds(min(seconds ?? limit, limit))
  }
}
