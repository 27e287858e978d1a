import Foundation
import Testing

@testable import Runbook

/// Plausible mistakes, a note each, and what `check` says of them word for word.
@Suite struct MistakeTests {
  static let folder = FixtureFolder(name: "Mistakes")

  @Test(arguments: folder.notes) func isToldPlainly(note: String) throws {
    let (_, diagnostics) = try Self.folder.plan(note)
    #expect(!diagnostics.isEmpty)
    #expect(diagnostics.allSatisfy { $0.fix != nil }, "every problem has a way out")
    let text = diagnostics.map(\.text).joined(separator: "\n")
    try Golden.check(Array(text.utf8), "Mistakes/\(note).check")
  }

  @Test func areEnough() { #expect(Self.folder.notes.count >= 100) }

  /// The page for people is made of the same notes.
  @Test func pageIsUpToDate() throws {
    let page = URL(fileURLWithPath: #filePath)
      .appendingPathComponent("../../../../docs/mistakes.md").standardizedFileURL
    let expected = try MistakePage.text(Self.folder)
    let actual = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
    if actual != expected {
      try Data(expected.utf8).write(to: page)
      Issue.record("docs/mistakes.md was not up to date and is now: look at it, then run again")
    }
  }
}
