import Foundation
import Testing

/// `runbook plan`, the real binary: statuses and whole outputs.
@Suite(.paced) struct PlanCommandTests {
  static let note = """
    ---
    params: [SERVER=localhost]
    ---
    # Deploy

    - [ ] Build
      ```bash {timeout=5m}
      cd app
      npm run build
      ```
      ```bash {rollback}
      git checkout .
      ```
    - [ ] Look at `dist/`

    """

  @Test func table() async throws {
    let runbook = try RunbookBinary()
    try runbook.write("note.md", Self.note)
    let result = try await runbook.run("plan", "note.md")
    #expect(result.status == 0)
    #expect(result.stderr == "")
    #expect(
      result.stdout == """
        note
        SERVER=localhost

           step           runs           at most
        1  Build          npm run build  5m       can be undone
        2  Look at dist/                          a person does it

        2 steps, 1 by a person, 1 can be undone

        """)
    #expect(try runbook.read("note.md") == Self.note)
  }

  @Test func evaluatesNothing() async throws {
    let runbook = try RunbookBinary()
    try runbook.write(
      "note.md", "- [ ] Go\n  ```bash {confirm=\"$(touch made)\"}\n  touch made\n  ```\n")
    _ = try await runbook.run("plan", "note.md")
    #expect(throws: (any Error).self) { try runbook.read("made") }
  }

  @Test func json() async throws {
    let runbook = try RunbookBinary()
    try runbook.write("note.md", Self.note)
    let result = try await runbook.run("plan", "--json", "note.md", "--set", "SERVER=web1")
    #expect(result.status == 0)
    #expect(result.stderr == "")
    let plan = try object(result.stdout)
    #expect(
      Set(plan.keys) == ["title", "note", "digest", "parameters", "steps", "diagnostics"])
    let parameters = try #require(plan["parameters"] as? [String: [String: Any]])
    #expect(parameters["SERVER"]?["value"] as? String == "web1")
    #expect(parameters["SERVER"]?["source"] as? String == "--set")
    let steps = try #require(plan["steps"] as? [[String: Any]])
    #expect(steps.map { $0["number"] as? String } == ["1", "2"])
    #expect(
      Set(steps[0].keys) == [
        "number", "id", "title", "file", "line", "phase", "manual", "by_hand", "embeds", "blocks",
        "children",
      ])
    let blocks = try #require(steps[0]["blocks"] as? [[String: Any]])
    #expect(blocks.map { $0["role"] as? String } == ["run", "rollback"])
    #expect(
      Set(blocks[0].keys) == [
        "role", "language", "line", "timeout", "host", "code", "attributes",
      ])
    #expect(blocks[0]["timeout"] as? Double == 300)
    #expect(blocks[0]["code"] as? String == "cd app\nnpm run build\n")
  }

  /// The same object where there is nothing to plan: a reader needs no second shape.
  @Test(arguments: ["gone.md", "folder", "empty.md"]) func jsonOfWhatIsNoRunbook(name: String)
    async throws
  {
    let runbook = try RunbookBinary()
    try runbook.write("folder/a.txt", "a")
    try runbook.write("empty.md", "# Nothing\n")
    let result = try await runbook.run("plan", "--json", name)
    #expect(result.status == 2)
    #expect(result.stderr == "")
    let plan = try object(result.stdout)
    #expect((plan["steps"] as? [Any])?.isEmpty == true)
    #expect((plan["diagnostics"] as? [Any])?.count == 1)
    let plain = try await runbook.run("plan", name)
    #expect(plain.status == 2)
    #expect(plain.stdout == "")
    #expect(plain.stderr.hasPrefix("\(name): error: "))
    #expect(plain.stderr.contains("\n  fix: "))
  }

  @Test func mistakesGoToStandardError() async throws {
    let runbook = try RunbookBinary()
    try runbook.write("note.md", "- [ ] Go\n  ```bash {rolback}\n  true\n  ```\n")
    let result = try await runbook.run("plan", "note.md")
    #expect(result.status == 2)
    #expect(result.stdout == "")
    #expect(
      result.stderr == """
        note.md:2:12: error: unknown attribute “rolback”
          2 |   ```bash {rolback}
            |            ^~~~~~~
          fix: did you mean rollback?

        """)
  }

  @Test func environmentAndSelection() async throws {
    let runbook = try RunbookBinary()
    try runbook.write("note.md", Self.note)
    let result = try await runbook.run(
      "plan", "note.md", "--skip", "2", environment: ["SERVER": "web2"])
    #expect(result.status == 0)
    #expect(result.stdout.contains("SERVER=web2 (environment)"))
    #expect(result.stdout.contains("left out: --skip"))
    let wrong = try await runbook.run("plan", "note.md", "--only", "Biuld")
    #expect(wrong.status == 2)
    #expect(wrong.stderr.contains("did you mean “build”?"))
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }
}
