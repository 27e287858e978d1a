/// A line of a note that a step ran, or some of them.
public struct NoteLine: Sendable, Codable, Equatable {
  /// The note's file, without its folder.
  public let file: String
  /// 1-based.
  public let line: Int
  /// Where it can't be told which line it was: the last of those that it may be.
  public var last: Int?

  /// `Deploy.md:41`
  public var text: String { "\(file):\(line)" + (last.map { "-\($0)" } ?? "") }
}
