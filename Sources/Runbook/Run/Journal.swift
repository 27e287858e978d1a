/// The events of a run on disk, one JSON object a line, in order and without gaps.
final class Journal {
  private let file: DurableFile

  /// A new one, or an old one to go on with behind `length` bytes of whole events.
  init(path: String, length: Int64 = 0) throws(SystemError) {
    file = try DurableFile(path: path, length: length)
  }

  /// Room for so many more events, so that a full disk does not stop a rollback from being recorded.
  func reserve(events: Int) throws(SystemError) {
    try file.reserve(Int64(events) * 512)
  }

  func append(_ event: RunEvent) throws {
    try file.append(try JSONText.encode(event, isPretty: false))
  }

  /// Until this returns the last events may be lost in a crash.
  func sync() throws(SystemError) { try file.sync() }
}
