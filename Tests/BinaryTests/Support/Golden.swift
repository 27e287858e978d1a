import Foundation
import Testing

/// Whole texts that are kept as files, and compared byte for byte. A file that is missing is written, and the
/// test fails once; `RUNBOOK_RECORD=1` writes all of them again.
enum Golden {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures")

  static func expect(
    _ text: String, is name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = folder.appendingPathComponent(name)
    let isRecording = ProcessInfo.processInfo.environment["RUNBOOK_RECORD"] == "1"
    guard !isRecording, let data = try? Data(contentsOf: file) else {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      if !isRecording {
        Issue.record(
          "\(name) was not there; look at what was written", sourceLocation: sourceLocation)
      }
      return
    }
    let expected = String(decoding: data, as: UTF8.self)
    #expect(text == expected, "\(name) says otherwise", sourceLocation: sourceLocation)
  }
}
