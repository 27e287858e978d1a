import Foundation
import Testing

@testable import Runbook

/// Notes as people write them: nothing is said of them, and this is the plan.
@Suite struct RightNoteTests {
  static let folder = FixtureFolder(name: "RightNotes")

  @Test(arguments: folder.notes) func plan(note: String) throws {
    let (plan, diagnostics) = try Self.folder.plan(note)
    #expect(diagnostics.map(\.text) == [])
    try Golden.check(Array((plan.json(diagnostics) + "\n").utf8), "RightNotes/\(note).json")
  }

  @Test func areThere() { #expect(Self.folder.notes.count >= 15) }
}
