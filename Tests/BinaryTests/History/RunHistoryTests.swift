import Foundation
import TestSupport
import Testing

/// `history.jsonl`: a line for each end of a run, which outlives the run.
@Suite(.paced) struct RunHistoryTests {
  private static let note = """
    - [ ] Build
      ```bash
      true
      ```
    - [ ] Upload
      ```bash
      test -e good
      ```
      ```bash {rollback}
      true
      ```

    """

  private struct Line: Decodable {
    struct Step: Decodable {
      let title: String
      let result: String
    }
    let run: String
    let outcome: String
    let status: Int
    let step: String?
    let steps: [Step]
  }

  private static func vault() throws -> RunbookBinary {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Deploy.md", note)
    return runbook
  }

  private static func history(_ runbook: RunbookBinary) async throws -> [Line] {
    let result = try await runbook.run("runs", "--history")
    #expect(result.status == 0, "\(result.stderr)")
    return try result.stdout.split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
  }

  @Test func itHasEachEndOfARun() async throws {
    let runbook = try Self.vault()
    #expect(try await runbook.run("exec", "Deploy.md", "--no-rollback").status == 1)
    try runbook.write("good", "")
    #expect(try await runbook.run("resume").status == 0)
    let lines = try await Self.history(runbook)
    #expect(lines.map(\.outcome) == ["failed", "succeeded"])
    #expect(lines.map(\.status) == [1, 0])
    #expect(lines.map(\.step) == ["Upload", nil])
    #expect(lines[0].steps.map(\.result) == ["succeeded", "failed"])
    #expect(Set(lines.map(\.run)).count == 1)
  }

  @Test func itIsKeptWhenRunsAreForgotten() async throws {
    let runbook = try Self.vault()
    for _ in 0..<2 {
      #expect(try await runbook.run("exec", "Deploy.md", "--yes").status == 3)
    }
    let file = runbook.stateFolder.appendingPathComponent("runbook/history.jsonl")
    let before = try Data(contentsOf: file)
    #expect(
      try await runbook.run("runs", "--prune", "--older-than", "1d").stdout == "forgot 0 runs\n")
    #expect(try await runbook.run("runs", "--prune").stdout == "forgot 2 runs\n")
    #expect(try await runbook.run("runs").stdout == "no run is remembered here\n")
    #expect(try Data(contentsOf: file) == before)
    #expect(try await Self.history(runbook).count == 2)
  }

  /// A line that is missing is added before the run is forgotten; a torn one is not gone on with.
  @Test func nothingIsForgottenUnwritten() async throws {
    let runbook = try Self.vault()
    #expect(try await runbook.run("exec", "Deploy.md").status == 3)
    let file = runbook.stateFolder.appendingPathComponent("runbook/history.jsonl")
    let whole = try Data(contentsOf: file)
    try whole.prefix(whole.count / 2).write(to: file)
    #expect(try await runbook.run("runs", "--prune").stdout == "forgot 1 run\n")
    #expect(try Data(contentsOf: file) == whole)
  }

  /// The list is the same whether it comes from the history or from the journals.
  @Test func theListIsThatOfTheJournals() async throws {
    let runbook = try Self.vault()
    #expect(try await runbook.run("exec", "Deploy.md", "--no-rollback").status == 1)
    #expect(try await runbook.run("exec", "Deploy.md", "--yes").status == 3)
    try runbook.write("good", "")
    #expect(try await runbook.run("exec", "Deploy.md", "--yes").status == 0)
    #expect(try await runbook.rollback().status == 0)
    let list = try await runbook.run("runs", "--json").stdout
    try FileManager.default.removeItem(
      at: runbook.stateFolder.appendingPathComponent("runbook/history.jsonl"))
    #expect(try await runbook.run("runs", "--json").stdout == list)
    let last = try await runbook.run("runs", "--last", "1").stdout
    #expect(last.split(separator: "\n").count == 2, "\(last)")
  }
}
