import Foundation
import Testing

@testable import Runbook

/// Scripts, and the notes that are made of them: `NAME.sh` and `NAME.md` in `Fixtures/Import`.
struct ScriptNoteTests {
  static let scripts: [String] = {
    let folder = Golden.folder.appendingPathComponent("Import").path
    let all = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return all.filter { $0.hasSuffix(".sh") }.map { String($0.dropLast(3)) }.sorted()
  }()

  private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: Golden.folder.appendingPathComponent("Import/\(name).sh")))
  }

  private func note(_ bytes: [UInt8]) throws -> ImportedNote {
    try ScriptNote.make(bytes, ScriptNote.Place(title: "T", script: "s.sh", folder: nil))
  }

  @Test(arguments: scripts) func aScript(_ name: String) throws {
    let made = try note(bytes(name))
    var request = PlanRequest(file: "T.md", title: "T")
    request.isChecking = true
    let (_, diagnostics) = Planner.plan(try Note(made.bytes), request)
    // What the script would have asked for, a block can't be.
    #expect(diagnostics.filter { !$0.message.hasPrefix("sudo may ask") }.map(\.text) == [])
    try Golden.check(made.bytes, "Import/\(name).md")
  }

  @Test func areThere() { #expect(Self.scripts.count >= 6) }

  @Test(arguments: scripts) func otherLineEndsMakeTheSameNote(_ name: String) throws {
    let bytes = try bytes(name)
    let windows = bytes.flatMap { $0 == 10 ? [13, 10] : [$0] }
    #expect(try note(windows).bytes == note(bytes).bytes)
  }

  @Test(arguments: [
    ("#!/usr/bin/env python3\nprint()\n", "“python3” is no shell that can be parted into steps", 0),
    ("echo 'a\n", "the script is not understood: a quote is not closed", 5),
    ("if true; then\n  x\n", "the script is not understood: “fi” is missing", 18),
    (
      "cat <<EOF\na\n",
      "the script is not understood: a here-document does not end: EOF is missing", 10
    ),
    ("a )\n", "the script is not understood: this is not expected here", 2),
    ("x=$(a\n", "the script is not understood: “)” is missing", 6),
    ("f() { true; }\n", "nothing in the script runs when it is called without arguments", 0),
    ("", "nothing in the script runs when it is called without arguments", 0),
  ])
  func isRefused(_ text: String, _ message: String, _ offset: Int) {
    let problem = #expect(throws: NoteProblem.self) { try note(Array(text.utf8)) }
    #expect(problem?.message == message)
    #expect(problem?.range.lowerBound == offset)
  }

  /// A script that is cut off anywhere is refused, or gives a note that can be checked; never anything else.
  @Test(arguments: scripts) func cutOffAnywhere(_ name: String) throws {
    let bytes = try bytes(name)
    for end in stride(from: 0, to: bytes.count, by: 3) {
      guard let made = try? note(Array(bytes[..<end])) else { continue }
      var request = PlanRequest(file: "T.md", title: "T")
      request.isChecking = true
      let errors = Planner.plan(try Note(made.bytes), request).diagnostics.filter {
        $0.severity == .error
      }
      #expect(errors.map(\.text) == [], "cut at \(end)")
    }
  }

  @Test func deepNestingIsRefused() {
    let deep = String(repeating: "( ", count: 5_000) + "x" + String(repeating: " )", count: 5_000)
    #expect(throws: NoteProblem.self) { try note(Array(deep.utf8)) }
    let substitutions = String(repeating: "$(", count: 5_000)
    #expect(throws: NoteProblem.self) { try note(Array("echo \(substitutions)".utf8)) }
  }
}
