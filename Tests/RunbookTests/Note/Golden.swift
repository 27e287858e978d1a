import Foundation
import Testing

/// Expected output in a file beside the tests. One that is missing is recorded, and fails; with `RUNBOOK_RECORD` all are
/// recorded.
enum Golden {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures")

  static func check(
    _ actual: [UInt8], _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = folder.appendingPathComponent(name)
    let isRecording = ProcessInfo.processInfo.environment["RUNBOOK_RECORD"] != nil
    if isRecording, let before = try? Data(contentsOf: file), before == Data(actual) { return }
    guard !isRecording, let expected = try? Data(contentsOf: file) else {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(actual).write(to: file)
      Issue.record("recorded \(name): look at it, then run again", sourceLocation: sourceLocation)
      return
    }
    #expect(
      String(decoding: actual, as: UTF8.self) == String(decoding: expected, as: UTF8.self),
      "\(name) differs", sourceLocation: sourceLocation)
    #expect(actual == Array(expected), sourceLocation: sourceLocation)
  }
}
