import Foundation
import TestSupport
import Testing

/// `runbook verify`: what a run left in different places agrees, or is named.
@Suite(.paced) struct VerifyCommandTests {
  private static func ran(_ text: String = "- [ ] Build\n  ```bash\n  echo built\n  ```\n")
    async throws
    -> RunbookBinary
  {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Deploy.md", "---\ntags: [runbook]\n---\n" + text)
    #expect(try await runbook.run("exec", "Deploy.md").status == 0)
    return runbook
  }

  private static func file(_ name: String, _ runbook: RunbookBinary) throws -> URL {
    let folder = try #require(runbook.runs.first)
    let steps = folder.appendingPathComponent("steps")
    let step = try #require(try FileManager.default.contentsOfDirectory(atPath: steps.path).first)
    return steps.appendingPathComponent("\(step)/\(name)")
  }

  private static func replace(_ text: String, with other: String, in file: URL) throws {
    let before = try String(contentsOf: file, encoding: .utf8)
    try #require(before.contains(text), "\(before)")
    try before.replacing(text, with: other).write(to: file, atomically: false, encoding: .utf8)
  }

  @Test func whatAgreesIsSaid() async throws {
    let runbook = try await Self.ran()
    for arguments in [[], ["Deploy.md"], ["."]] {
      let result = try await runbook.run(["verify"] + arguments)
      #expect(
        result.stdout == "1 run verified: journals, logs, records, notes and history agree\n",
        "\(arguments): \(result.stderr)")
      #expect(result.status == 0)
    }
    #expect(try await runbook.run("verify", "--json").stdout.contains("\"findings\" : ["))
  }

  /// Each place is changed in turn, and named.
  @Test(arguments: ["note", "record", "history", "log", "block", "journal"])
  func whatDoesNotAgreeIsNamed(_ part: String) async throws {
    let runbook = try await Self.ran()
    switch part {
    case "note":
      let file = runbook.folder.appendingPathComponent("Deploy.md")
      try Self.replace("run_status: succeeded", with: "run_status: failed", in: file)
    case "record":
      let folder = runbook.folder.appendingPathComponent("Runs")
      let name = try #require(
        try FileManager.default.contentsOfDirectory(atPath: folder.path).first)
      try Self.replace(
        "run_status: succeeded", with: "run_status: failed",
        in: folder.appendingPathComponent(name))
    case "history":
      try Self.replace(
        "\"outcome\":\"succeeded\"", with: "\"outcome\":\"failed\"",
        in: runbook.stateFolder.appendingPathComponent("runbook/history.jsonl"))
    case "log": try FileManager.default.removeItem(at: try Self.file("log", runbook))
    case "block": try Self.replace("exit 0", with: "exit 7", in: try Self.file("status", runbook))
    default:
      let journal = try #require(runbook.runs.first).appendingPathComponent("journal.jsonl")
      let handle = try FileHandle(forWritingTo: journal)
      try handle.seekToEnd()
      try handle.write(contentsOf: Data("{\"torn".utf8))
      try handle.close()
    }
    let result = try await runbook.run("verify")
    #expect(result.status == 1, "\(result.stdout)\(result.stderr)")
    #expect(result.stdout.contains(" Deploy.md: \(part): "), "\(result.stdout)")
    #expect(result.stdout.hasSuffix("1 run verified, 1 of which does not agree\n"))
  }

  /// What people do to a note and its record does not make them disagree with the run.
  @Test func whatPeopleDoIsNoDisagreement() async throws {
    let runbook = try await Self.ran()
    let record = try #require(runbook.record)
    try runbook.write("Archive/old.md", "")
    try FileManager.default.moveItem(
      at: runbook.folder.appendingPathComponent(record),
      to: runbook.folder.appendingPathComponent(
        "Archive/\(record.split(separator: "/").last ?? "")"))
    let note = runbook.folder.appendingPathComponent("Deploy.md")
    try Self.replace("- [x] Build", with: "Words of mine.\n\n- [x] Build", in: note)
    let result = try await runbook.run("verify")
    #expect(result.status == 0, "\(result.stdout)")
    #expect(try await runbook.run("exec", "Deploy.md", "--yes").status == 0)
    let again = try await runbook.run("verify")
    #expect(again.status == 0, "\(again.stdout)")
  }
}
