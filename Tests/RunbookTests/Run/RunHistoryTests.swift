import Foundation
import Testing

@testable import Runbook

/// The usual time of a step: the median of what the last runs of the note took.
struct RunHistoryTests {
  private static let step = StepID("^build")

  private static func write(
    _ folder: URL, _ number: Int, note: String = "/vault/Note.md", took: Double,
    result: StepResult = .succeeded, isOver: Bool = true
  ) throws {
    let digits = String(format: "%06d", number)
    let run = folder.appendingPathComponent("20260821-\(digits)-7f3a")
    try FileManager.default.createDirectory(at: run, withIntermediateDirectories: true)
    let kinds: [RunEvent.Kind] =
      [
        .runStarted(SimulatedRun.header(RunOptions(), note: note)),
        .stepEnded(
          RunEvent.StepEnded(step: step, result: result, exit: nil, reason: nil, took: took)),
        .warned(RunEvent.Warned(text: "\"event\":\"step-ended\"")),
      ] + (isOver ? [.runEnded(RunEvent.RunEnded(outcome: .succeeded))] : [])
    let lines = try kinds.enumerated().map {
      try JSONText.encode(
        RunEvent(
          number: $0 + 1, at: SimulatedRun.moment(0), uptime: 0, kind: SecretMask.none.mask($1)),
        isPretty: false)
    }
    // A journal that was not closed has room behind its last line.
    let text = lines.joined(separator: "\n") + "\n" + String(repeating: "\0", count: 64)
    try Data(text.utf8).write(to: run.appendingPathComponent("journal.jsonl"))
  }

  private static func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("history-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  @Test func theMedianOfRunsThatCount() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let history = RunHistory(runs: folder.path)
    #expect(history.usual(note: "/vault/Note.md").isEmpty)
    try Self.write(folder, 1, took: 10)
    #expect(history.usual(note: "/vault/Note.md") == [Self.step: 10])
    try Self.write(folder, 2, took: 30)
    #expect(history.usual(note: "/vault/Note.md") == [Self.step: 20])
    try Self.write(folder, 3, took: 12)
    try Self.write(folder, 4, took: 999, result: .failed)
    try Self.write(folder, 5, took: 999, isOver: false)
    try Self.write(folder, 6, note: "/vault/Other.md", took: 999)
    try Data("garbage\n".utf8).write(to: folder.appendingPathComponent("20260821-000007-7f3a"))
    #expect(history.usual(note: "/vault/Note.md") == [Self.step: 12])
    #expect(RunHistory(runs: "/nowhere").usual(note: "/vault/Note.md").isEmpty)
  }

  /// Old runs are forgotten: what has become slower is usual at last.
  @Test func onlyTheLastTwenty() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for number in 0..<30 { try Self.write(folder, number, took: 1) }
    for number in 30..<50 { try Self.write(folder, number, took: 5) }
    #expect(RunHistory(runs: folder.path).usual(note: "/vault/Note.md") == [Self.step: 5])
  }
}
