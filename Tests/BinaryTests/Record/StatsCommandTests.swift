import Foundation
import Testing

/// `stats` over the records of real runs, and over many.
@Suite(.paced) struct StatsCommandTests {
  private static let note = """
    ---
    cwd: ../app
    params: [FAIL=]
    ---
    - [ ] Build
      ```bash
      echo built
      ```
    - [ ] Ship
      ```bash
      [ -z "$FAIL" ]
      ```

    """

  private struct Figures: Decodable {
    let name: String
    let runs: Int
    let succeeded: Int
    let rate: Double
    let median: Double?
    let steps: [Step]

    struct Step: Decodable {
      let name: String
      let runs: Int
      let succeeded: Int
    }
  }

  @Test func realRunsAreCounted() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    #expect(try await runbook.run("stats").stdout == "no run is recorded in this vault\n")
    try runbook.write("Workflow-Quick.md", Self.note)
    for fail in ["", "", "x"] {
      let result = try await runbook.run("exec", "Workflow-Quick.md", "--set", "FAIL=\(fail)")
      #expect(result.status == (fail.isEmpty ? 0 : 1))
      _ = try await runbook.run("reset", "Workflow-Quick.md")
    }
    let json = try await runbook.run("stats", "--json").stdout
    let all = try JSONDecoder().decode([Figures].self, from: Data(json.utf8))
    let figures = try #require(all.first)
    #expect(all.count == 1 && figures.name == "Workflow-Quick" && figures.median != nil)
    #expect(figures.runs == 3 && figures.succeeded == 2 && abs(figures.rate - 2.0 / 3) < 1e-9)
    #expect(figures.steps.map(\.name) == ["Build", "Ship"])
    #expect(figures.steps.map(\.runs) == [3, 3] && figures.steps.map(\.succeeded) == [3, 2])
    let table = try await runbook.run("stats").stdout
    #expect(table.contains("Workflow-Quick") && table.contains("67 %"))
    try await Self.keep(runbook)
  }

  /// The table is kept in a note of the user's, whose bytes stay; what a run says of itself is in no table twice.
  private static func keep(_ runbook: RunbookBinary) async throws {
    let user = "# Board\n\nMine.\n"
    try runbook.write("Board.md", user)
    #expect(try await runbook.run("stats", "--write", "Board.md").stdout == "Board.md is updated\n")
    let first = try runbook.read("Board.md")
    #expect(first.hasPrefix(user) && first.contains("| [[Workflow-Quick]] | 3 | 67 % |"))
    #expect(first.contains("### Workflow-Quick") && first.contains("| Ship | 3 | 67 % |"))
    #expect(
      try await runbook.run("stats", "--write", "Board.md").stdout == "Board.md is up to date\n")
    #expect(try runbook.read("Board.md") == first)
    try runbook.write("Modes.md", "---\nmodes:\n  - Workflow-Quick, 1m, fixes\n---\n# Modes\n")
    #expect(try await runbook.run("stats", "--write", "Modes.md").status == 0)
    #expect(try runbook.read("Modes.md").contains(#"| [[Workflow-Quick\|Quick]] | fixes | 1m |"#))
    try runbook.write("Torn.md", "<!-- runbook stats -->\n")
    let torn = try await runbook.run("stats", "--write", "Torn.md")
    #expect(torn.status == 2 && torn.stderr.contains("leave one pair"))
  }

  /// Copies count once, records may be moved, and a later rollback is no run.
  @Test func whatCountsIsTheRun() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write(
      "Note.md",
      "---\ncwd: ../app\n---\n- [ ] A\n  ```bash\n  true\n  ```\n  ```bash {rollback}\n  true\n  ```\n"
    )
    #expect(try await runbook.run("exec", "Note.md").status == 0)
    let record = try #require(runbook.record)
    let text = try runbook.read(record)
    #expect(try await runbook.rollback().status == 0)
    try runbook.write("Old/2026/\(record.dropFirst(5))", text)
    let other = text.replacing(try Regex(#"run_id: \S+"#), with: "run_id: no")
    try runbook.write("Other/Words.md", other)
    let json = try await runbook.run("stats", "--json").stdout
    let all = try JSONDecoder().decode([Figures].self, from: Data(json.utf8))
    #expect(all.map(\.name) == ["Note"] && all.map(\.runs) == [1] && all.map(\.succeeded) == [1])
    let refused = try await runbook.run("stats", "--write", record)
    #expect(refused.status == 2 && refused.stderr.contains("is the record of a run"))
    #expect(try runbook.read(record) == text)
    let conflict = "<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n"
    try runbook.write("Torn.md", conflict)
    #expect(try await runbook.run("stats", "--write", "Torn.md").status == 2)
    #expect(try runbook.read("Torn.md") == conflict)
  }

  /// The second record tells what is different from the first, and what stayed secret.
  @Test func aRecordTellsWhatChanged() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Note.md", Self.note)
    #expect(try await runbook.run("exec", "Note.md").status == 0)
    let changed = try runbook.read("Note.md").replacing("echo built", with: "echo other")
    try runbook.write("Note.md", changed)
    let failed = try await runbook.run("exec", "Note.md", "--set", "FAIL=1")
    #expect(failed.status == 1)
    let names = try FileManager.default.contentsOfDirectory(
      atPath: runbook.folder.appendingPathComponent("Runs").path)
    let records = try names.map { try runbook.read("Runs/\($0)") }
    #expect(records.count == 2)
    let good = try #require(records.first { $0.contains("run_status: succeeded") })
    let bad = try #require(records.first { $0.contains("run_status: failed") })
    #expect(!good.contains("## Changed since"))
    #expect(bad.contains("> - echo built\n> + echo other\n") && !bad.contains("changed: Ship"))
    #expect(bad.contains("\n- FAIL: (empty) → `1`\n"))
    #expect(bad.contains("\n- PATH: ") && bad.contains("\n- bash: "))
    #expect(bad.contains("```mermaid\ngantt\n") && bad.contains("| FAIL | 1 | --set |"))
    #expect(bad.contains("> ```text\n> echo other\n> ```"))
    let name = try #require(names.first)
    let refused = try await runbook.run("exec", "Runs/\(name)")
    #expect(refused.status == 2 && refused.stderr.contains("Note"))
  }
}
