import Foundation
import TestSupport
import Testing

@testable import Runbook

/// Somebody works on a note while it runs: what he writes stays, what can be told where it belongs is told there, and the
/// record has all of it.
@Suite(.paced) struct EditedWhileRunningTests {
  private static let note = """
    ---
    cwd: ../app
    ---
    # Deploy

    Words.

    - [ ] Build
      ```bash
      echo build >> trace
      ```
    - [ ] Ship ^ship
      ```bash
      touch shipping; while [ ! -e go ]; do sleep 0.05; done; echo ship >> trace
      ```
    - [ ] Look
      ```bash
      echo look >> trace
      ```

    """

  /// Each edit, and the steps that the note can still tell of.
  private static let edits: [(name: String, edit: @Sendable (String) -> String, told: [String])] = [
    ("prose", { $0.replacing("Words.", with: "Other words.") }, ["Build", "Ship", "Look"]),
    ("order", { moved("Build", behind: "Look", in: $0) }, ["Build", "Ship", "Look"]),
    (
      "title with an id", { $0.replacing("] Ship", with: "] Send it") },
      ["Build", "Send it", "Look"]
    ),
    ("title without one", { $0.replacing("] Look", with: "] Watch") }, ["Build", "Ship"]),
    ("deleted, done", { without("Build", $0) }, ["Ship", "Look"]),
    ("deleted, running", { without("Ship", $0) }, ["Build", "Look"]),
    ("deleted, to come", { without("Look", $0) }, ["Build", "Ship"]),
    (
      "new step", { $0.replacing("- [ ] Look", with: "- [ ] Wait\n- [ ] Look") },
      ["Build", "Ship", "Look"]
    ),
    ("code", { $0.replacing("echo look", with: "echo other") }, ["Build", "Ship", "Look"]),
    ("all of it", { _ in "# Something else\n\n- [ ] Another\n" }, []),
    ("empty", { _ in "" }, []),
    (
      "not UTF-8 any more", { $0.replacing("Words", with: "W\u{FFFD}rds") },
      ["Build", "Ship", "Look"]
    ),
  ]

  /// The lines of a step.
  private static func range(_ title: String, _ text: String) -> Range<String.Index>? {
    guard let start = text.range(of: "- [ ] \(title)") ?? text.range(of: "- [x] \(title)") else {
      return nil
    }
    let rest = text[start.upperBound...]
    let end = rest.range(of: "\n- [") ?? rest.range(of: "\n\n%%")
    return start.lowerBound..<(end.map { text.index(after: $0.lowerBound) } ?? text.endIndex)
  }

  private static func without(_ title: String, _ text: String) -> String {
    guard let range = range(title, text) else { return text }
    return text.replacingCharacters(in: range, with: "")
  }

  private static func moved(_ title: String, behind other: String, in text: String) -> String {
    guard let range = range(title, text) else { return text }
    let step = text[range]
    var rest = text.replacingCharacters(in: range, with: "")
    if let place = Self.range(other, rest)?.upperBound { rest.insert(contentsOf: step, at: place) }
    return rest
  }

  private static func begin() async throws -> (RunbookBinary, StartedProgram) {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Deploy.md", note)
    let exec = try runbook.start("exec", "Deploy.md")
    try #require(try await eventually { runbook.exists("../app/shipping") })
    return (runbook, exec)
  }

  @Test(arguments: edits.indices) func whatIsWrittenStays(_ index: Int) async throws {
    let (name, edit, told) = Self.edits[index]
    let (runbook, exec) = try await Self.begin()
    // Once the runner has written, so that the edit is one of a note with its marks.
    _ = try await eventually { try runbook.read("Deploy.md").contains("[x] Build") }
    let edited = edit(try runbook.read("Deploy.md"))
    try runbook.write("draft", edited)
    try FileManager.default.removeItem(at: runbook.folder.appendingPathComponent("Deploy.md"))
    try FileManager.default.moveItem(
      at: runbook.folder.appendingPathComponent("draft"),
      to: runbook.folder.appendingPathComponent("Deploy.md"))
    try runbook.write("../app/go", "")
    #expect(try await exec.end() == 0, "\(name): \(exec.stdout)\(exec.stderr)")
    #expect(try runbook.read("../app/trace") == "build\nship\nlook\n")
    let end = try runbook.read("Deploy.md")
    let (before, after) = (Note.stripping(Array(edited.utf8)), Note.stripping(Array(end.utf8)))
    #expect(before == after, "\(name):\n\(end)")
    for title in told {
      #expect(end.contains("- [x] \(title)"), "\(name): \(title) is not ticked in\n\(end)")
    }
    let record = try runbook.read(try #require(runbook.record))
    for (number, title) in ["Build", "Ship", "Look"].enumerated() {
      #expect(record.contains("| \(number + 1) | \(title) | succeeded |"), "\(name): \(record)")
    }
  }

  private enum Place: CaseIterable { case deleted, moved, folder, readOnly }

  @Test(arguments: Place.allCases) private func whereItIsNoMore(_ place: Place) async throws {
    let (runbook, exec) = try await Self.begin()
    _ = try await eventually { try runbook.read("Deploy.md").contains("[x] Build") }
    let path = runbook.folder.appendingPathComponent("Deploy.md").path
    let other = runbook.folder.appendingPathComponent("Moved.md").path
    let files = FileManager.default
    switch place {
    case .deleted: try files.removeItem(atPath: path)
    case .moved: try files.moveItem(atPath: path, toPath: other)
    case .folder:
      try files.removeItem(atPath: path)
      try files.createDirectory(atPath: path, withIntermediateDirectories: false)
    case .readOnly: try files.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
    }
    try runbook.write("../app/go", "")
    #expect(try await exec.end() == 0, "\(place): \(exec.stdout)\(exec.stderr)")
    #expect(try runbook.read("../app/trace") == "build\nship\nlook\n")
    var isFolder: ObjCBool = false
    let isThere = files.fileExists(atPath: path, isDirectory: &isFolder)
    switch place {
    case .deleted, .moved: #expect(!isThere)
    case .folder: #expect(isThere && isFolder.boolValue)
    case .readOnly: #expect(try runbook.read("Deploy.md").contains("- [ ] Ship"))
    }
    #expect(exec.stdout.contains("can't write into the note: "), "\(place): \(exec.stdout)")
    let record = try runbook.read(try #require(runbook.record))
    #expect(record.contains("| 3 | Look | succeeded |"), "\(record)")
    let names = try files.contentsOfDirectory(atPath: runbook.folder.path)
    #expect(names.allSatisfy { !$0.hasPrefix(".Deploy") }, "\(names)")
  }
}
