import Foundation
import Testing

/// Whole texts that are kept as files, and compared byte for byte. A file that is missing is written, and the
/// test fails once; `RUNBOOK_RECORD=1` writes all of them again.
enum Golden {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures")

  static let isRecording = ProcessInfo.processInfo.environment["RUNBOOK_RECORD"] == "1"

  /// What the file says; nil where there is none, or all are written again.
  static func wanted(_ name: String) -> String? {
    if isRecording { return nil }
    let data = try? Data(contentsOf: folder.appendingPathComponent(name))
    return data.map { String(decoding: $0, as: UTF8.self) }
  }

  static func expect(
    _ text: String, is name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    guard let expected = wanted(name) else {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      if !isRecording {
        Issue.record(
          "\(name) was not there; look at what was written", sourceLocation: sourceLocation)
      }
      return
    }
    #expect(text == expected, "\(name) says otherwise", sourceLocation: sourceLocation)
  }
}
