/// The run log that is written into a note: a callout that sums the run up, its block id, and a callout a log.
public struct RunRegion: Sendable, Equatable {
  /// The run's id, `YYYYMMDD-HHMMSS-hhhh`.
  public var run: String
  /// The callout's type: `success`, `failure`, `info` …
  public var type: String
  /// Plain text; what Markdown would take for markup is removed.
  public var title: String
  /// Lines of Markdown below the title.
  public var body: [String]
  public var logs: [LogCallout]

  public init(
    run: String, type: String, title: String, body: [String] = [], logs: [LogCallout] = []
  ) {
    self.run = run
    self.type = type
    self.title = title
    self.body = body
    self.logs = logs
  }
}
