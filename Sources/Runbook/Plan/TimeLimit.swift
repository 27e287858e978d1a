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
}
