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

  /// `NAME.fixed` is the note after what the first fix says. What is then said of it, if anything, is another problem,
  /// and stands in `NAME.then`.
  @Test(arguments: folder.notes.filter { $0 != "five-mistakes" })
  func fixLeadsOn(note: String) throws {
    let before = try Self.folder.plan(note).diagnostics
    let fixed = try Self.folder.bytes(note, "fixed")
    let after = try Self.folder.plan(note, fixed).diagnostics
    let told = Set(before.map(\.message))
    #expect(after.filter { $0.severity == .error && told.contains($0.message) }.map(\.text) == [])
    let text = after.map(\.text).joined(separator: "\n")
    if text.isEmpty {
      #expect(!Self.folder.has(note, "then"), "nothing is said, and \(note).then says something")
    } else {
      try Golden.check(Array(text.utf8), "Mistakes/\(note).then")
    }
  }

  /// What is certain is an edit, and does the same as the person.
  @Test(arguments: folder.notes) func editIsTheFix(note: String) throws {
    let bytes = try Self.folder.bytes(note)
    for diagnostic in try Self.folder.plan(note).diagnostics where diagnostic.file == "\(note).md" {
      guard let edit = diagnostic.edit else { continue }
      let edited = Splice.apply([edit], to: bytes)
      let after = try Self.folder.plan(note, edited).diagnostics
      #expect(!after.map(\.message).contains(diagnostic.message))
      guard note != "five-mistakes" else { continue }
      let fixed = try Self.folder.bytes(note, "fixed")
      #expect(edited == fixed)
    }
  }

  @Test func someFixesAreEdits() throws {
    let count = try Self.folder.notes.count { note in
      try Self.folder.plan(note).diagnostics.contains { $0.edit != nil }
    }
    #expect(count >= 12)
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
