import Foundation
import Testing

/// A note is its path in the vault: two of one name are two.
@Suite(.paced) struct NotesOfOneNameTests {
  private static func note(_ command: String) -> String {
    "---\ncwd: ../../app\n---\n- [ ] Step\n  ```bash\n  \(command)\n  ```\n"
  }

  private static func records(_ runbook: RunbookBinary) throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: runbook.folder.appendingPathComponent("Runs").path
    ).map { "Runs/\($0)" }
  }

  @Test func theyAreTwoInAllThatTellsOfThem() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("shop/Deploy.md", Self.note("true"))
    try runbook.write("blog/Deploy.md", Self.note("false"))
    #expect(try await runbook.run("exec", "shop/Deploy.md").status == 0)
    #expect(try await runbook.run("exec", "blog/Deploy.md").status == 1)
    for record in try Self.records(runbook) {
      let text = try runbook.read(record)
      let folder = text.contains("run_status: succeeded") ? "shop" : "blog"
      #expect(text.contains("runbook: \"[[\(folder)/Deploy|Deploy]]\"\n"), "\(text)")
      #expect(text.contains("use the runbook: [[\(folder)/Deploy|Deploy]].\n"), "\(text)")
      let refused = try await runbook.run("exec", record)
      #expect(
        refused.stderr.contains("fix: run \(folder)/Deploy.md instead\n"), "\(refused.stderr)")
    }
    let runs = try await runbook.run("runs").stdout
    #expect(runs.contains(" shop/Deploy.md") && runs.contains(" blog/Deploy.md"), "\(runs)")
    let stats = try await runbook.run("stats").stdout
    #expect(stats.contains("\nshop/Deploy        1    100 %"), "\(stats)")
    #expect(stats.contains("\nblog/Deploy        1      0 %"), "\(stats)")
    try runbook.write("Board.md", "# Board\n\n")
    #expect(try await runbook.run("stats", "--write", "Board.md").status == 0)
    let board = try runbook.read("Board.md")
    #expect(board.contains("| [[shop/Deploy\\|Deploy]] | 1 | 100 % |"), "\(board)")
  }

  /// A record of old has the name alone, and Obsidian shortens links; one that may lead to two leads to none of them.
  @Test func aLinkOfOldLeadsWhereItCan() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("shop/Deploy.md", Self.note("true"))
    #expect(try await runbook.run("exec", "shop/Deploy.md").status == 0)
    let record = try #require(runbook.record)
    let text = try runbook.read(record)
    let old = text.replacing("[[shop/Deploy|Deploy]]", with: "[[Deploy]]")
      .replacing(try Regex(#"run_id: \S+"#), with: "run_id: 20200101-000000-0000")
    try runbook.write("Runs/2020-01-01 000000 Deploy.md", old)
    #expect(try await runbook.run("stats").stdout.contains("\nshop/Deploy        2    100 %"))
    try runbook.write("blog/Deploy.md", Self.note("false"))
    let stats = try await runbook.run("stats").stdout
    #expect(stats.contains("\nDeploy             1    100 %"), "\(stats)")
    #expect(stats.contains("\nshop/Deploy        1    100 %"), "\(stats)")
  }

  /// Names with these signs can't be linked to, and the record says so.
  @Test(arguments: ["a#b", "a|b", "a^b", "a[b]"]) func whatNoLinkLeadsToIsSaid(_ name: String)
    async throws
  {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("\(name).md", Self.note("true").replacing("../../app", with: "../app"))
    let result = try await runbook.run("exec", "./\(name).md")
    #expect(result.status == 0, "\(result.stderr)")
    let record = try #require(runbook.record)
    let text = try runbook.read(record)
    #expect(text.contains("runbook: \"\(name).md\"\n"), "\(text)")
    #expect(text.contains("No link can lead to it: there is “"), "\(text)")
    #expect(!text.contains("[["), "\(text)")
    let stats = try await runbook.run("stats", "--json").stdout
    #expect(stats.contains("\"name\" : \"\(name)\""), "\(stats)")
    let refused = try await runbook.run("exec", record)
    #expect(refused.stderr.contains("fix: run \(name).md instead\n"), "\(refused.stderr)")
  }
}
