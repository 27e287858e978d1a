/// Why bytes are not a note that can be worked with, or why a part of it can't be read.
public struct NoteProblem: Error, Sendable, Equatable, CustomStringConvertible {
  public let message: String
  /// Where, in bytes of the note.
  public let range: Range<Int>
  /// What to do about it.
  public let fix: String?

  public var description: String { message }

  public init(_ message: String, at range: Range<Int>, fix: String? = nil) {
    self.message = message
    self.range = range
    self.fix = fix
  }
}
