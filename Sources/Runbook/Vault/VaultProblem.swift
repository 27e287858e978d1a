/// Why a path is not a note that can be worked with, or a link leads to none.
public struct VaultProblem: Error, Sendable, Equatable, CustomStringConvertible {
  public let message: String
  /// What to do about it.
  public let fix: String?

  public init(_ message: String, fix: String? = nil) {
    self.message = message
    self.fix = fix
  }

  public var description: String { fix.map { "\(message)\n\($0)" } ?? message }
}
