import Testing

/// Steps A and B, each with a way back, C failing, D: what is run, what is undone, and what the note says.
@Suite(.paced) struct ExecRollbackTests {
  private static func note(_ wayBackOfC: String = "") -> String {
    """
    ---
    cwd: ../app # outside the vault
    params:
      - COLOUR=blue *[|]* `x`
    ---
    # Deploy

    Some words before.

    - [ ] Step A ^a
      ```bash
      echo "A $COLOUR" | tee -a trace
      ```
      ```bash {rollback}
      echo "undo A" | tee -a trace
      ```
    - [ ] Step B #tag 📅 2026-01-01
      ```bash
      echo B | tee -a trace
      ```
      ```bash {rollback}
      echo "undo B after $RUNBOOK_STATUS of $RUNBOOK_FAILED_STEP" | tee -a trace
      ```
    - [ ] Step C
      ```bash
      echo C | tee -a trace
      echo "no space left" >&2
      exit 23
      ```
    \(wayBackOfC)- [ ] Step D
      ```bash
      echo D | tee -a trace
      ```
      ```bash {rollback}
      echo "undo D" | tee -a trace
      ```

    Some words after.

    """
  }

  private static let undoC = "  ```bash {rollback}\n  echo \"undo C\" | tee -a trace\n  ```\n"

  @Test func theWholeStoryIsToldInOutputNoteAndRecord() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Deploy.md", Self.note())
    let result = try await runbook.run("exec", "Deploy.md")
    #expect(result.status == 3)
    #expect(result.stderr == "")
    try Golden.expect(runbook.plain(result.stdout), is: "Exec/rollback.out")
    try Golden.expect(runbook.plain(runbook.read("Deploy.md")), is: "Exec/rollback.note.md")
    let record = try #require(runbook.record)
    try Golden.expect(runbook.plain(runbook.read(record)), is: "Exec/rollback.record.md")
    #expect(
      try runbook.read("../app/trace")
        == "A blue *[|]* `x`\nB\nC\nundo B after 23 of Step C\nundo A\n")
    let logs = try await runbook.run("logs")
    try Golden.expect(runbook.plain(logs.stdout), is: "Exec/rollback.logs")
    let again = try await runbook.run("exec", record)
    #expect(again.status == 2)
  }

  @Test func theFailedStepIsUndoneFirstWhereItHasAWayBack() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Deploy.md", Self.note(Self.undoC))
    let result = try await runbook.run("exec", "Deploy.md")
    #expect(result.status == 3)
    #expect(
      try runbook.read("../app/trace")
        == "A blue *[|]* `x`\nB\nC\nundo C\nundo B after 23 of Step C\nundo A\n")
  }

  enum Shape: String, CaseIterable {
    case asWritten, crlf, mark, noFinalNewline, mixed, manyBlankLines, invalid

    func apply(_ text: String) -> [UInt8] {
      let bytes = Array(text.utf8)
      switch self {
      case .asWritten: return bytes
      case .crlf: return Array(text.replacing("\n", with: "\r\n").utf8)
      case .mark: return [0xEF, 0xBB, 0xBF] + bytes
      case .noFinalNewline: return bytes.dropLast()
      case .mixed:
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
          .flatMap { index, line in Array(line.utf8) + (index % 3 == 0 ? [13, 10] : [10]) }
      case .manyBlankLines: return bytes + Array("\n  \n\t\n".utf8)
      case .invalid: return bytes + [0xFF, 0xFE, 0x80, 10]
      }
    }
  }

  @Test(arguments: Shape.allCases) func resetGivesTheOriginalBytes(_ shape: Shape) async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    let original = shape.apply(Self.note())
    try runbook.write("Deploy.md", original)
    let result = try await runbook.run("exec", "Deploy.md")
    #expect(result.status == 3, "\(result.stderr)")
    let annotated = try runbook.bytes("Deploy.md")
    #expect(annotated != original)
    #expect(try await runbook.run("reset", "Deploy.md").status == 0)
    #expect(try runbook.bytes("Deploy.md") == original)
    let again = try await runbook.run("reset", "Deploy.md")
    #expect(again.stdout == "Deploy.md has no marks of runs\n")
  }

  @Test func withoutRollbackEverythingStays() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Deploy.md", Self.note(Self.undoC))
    let result = try await runbook.run("exec", "Deploy.md", "--no-rollback")
    #expect(result.status == 1)
    #expect(try runbook.read("../app/trace") == "A blue *[|]* `x`\nB\nC\n")
    let note = try runbook.read("Deploy.md")
    #expect(note.contains("- [x] Step A [took:: "))
    #expect(note.contains("- [ ] Step D\n"))
  }

  @Test func aRollbackThatFailsLetsTheOthersRun() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Deploy.md", Self.note("  ```bash {rollback}\n  exit 9\n  ```\n"))
    let result = try await runbook.run("exec", "Deploy.md")
    #expect(result.status == 4)
    #expect(try runbook.read("../app/trace").hasSuffix("undo B after 23 of Step C\nundo A\n"))
    try Golden.expect(runbook.plain(result.stdout), is: "Exec/rollback-fails.out")
    try Golden.expect(runbook.plain(runbook.read("Deploy.md")), is: "Exec/rollback-fails.note.md")
  }
}
