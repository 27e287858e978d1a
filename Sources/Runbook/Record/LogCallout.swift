/// A log in the run log: a callout of its own.
public struct LogCallout: Sendable, Equatable {
  /// The callout's type, which is its colour and icon: `failure`, `success`, `info` …
  public var type: String
  /// Plain text; what Markdown would take for markup is removed.
  public var title: String
  public var isFolded: Bool
  /// Each stays one line, whatever it holds.
  public var lines: [String]
  /// Of the fence; never one that runs.
  public var language: String

  public init(
    type: String, title: String, isFolded: Bool, lines: [String], language: String = "text"
  ) {
    self.type = type
    self.title = title
    self.isFolded = isFolded
    self.lines = lines
    self.language = language
  }
}
