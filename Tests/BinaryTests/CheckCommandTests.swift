import Foundation
import Testing

/// `runbook check`, the real binary: statuses and whole outputs.
@Suite(.paced) struct CheckCommandTests {
  static let block = "  ```bash\n  true\n  ```\n"

  @Test func cleanNote() async throws {
    let runbook = try RunbookBinary()
    try runbook.write("note.md", "- [ ] Go\n" + Self.block)
    let result = try await runbook.run("check", "note.md")
    #expect(result.status == 0)
    #expect(result.stdout == "no problem in 1 note\n")
    #expect(result.stderr == "")
  }

  @Test func fiveMistakesAreNamedInOneRun() async throws {
    let runbook = try RunbookBinary()
    let note = """
      ---
      timout: 10m
      ---
      - [ ] Build
        ```bash {retry=3}
        make
        ```
      - [ ] Upload
        ```
        make upload
        ```
      - [ ] Restart
        ```bash {timeout=soon}
        service restart
        ```

      ## Rollback

      - [ ] Back

      """
    try runbook.write("note.md", note)
    let result = try await runbook.run("check", "note.md")
    #expect(result.status == 2)
    #expect(result.stderr == "")
    #expect(
      result.stdout == """
        note.md:2:1: error: “timout” looks like a misspelt “timeout”
          2 | timout: 10m
            | ^~~~~~
          fix: write timeout; if the key is your own, give it another name
        note.md:5:12: error: unknown attribute “retry”
          5 |   ```bash {retry=3}
            |            ^~~~~
          fix: did you mean retries?
        note.md:9:3: error: this step has no block that runs, but a fence without a language
          9 |   ```
            |   ^~~
          fix: write ```bash to run it, or ```text if a person should read it
        note.md:13:20: error: “soon” is no duration
          13 |   ```bash {timeout=soon}
             |                    ^~~~
          fix: write 90 (seconds), 90s, 10m, 1h30m, 10 min, 1d or none
        note.md:17:1: error: the section “Rollback” holds tasks, and they would run as steps
          17 | ## Rollback
             | ^~~~~~~~~~~
          fix: put a heading above the tasks that run and name it in the front matter, as in steps: [Deploy]; what undoes a step belongs to it, as a ```bash {rollback} block
        5 errors in 1 note

        """)
    #expect(try runbook.read("note.md") == note)
  }

  /// Twenty times the same are enough to know it by; a machine gets them all.
  @Test func thousandsOfOneKindAreCounted() async throws {
    let runbook = try RunbookBinary()
    try runbook.write("note.md", String(repeating: "- [ ] Go\n" + Self.block, count: 5_000))
    let told = try await runbook.run("check", "note.md")
    #expect(told.status == 0)
    let lines = told.stdout.split(separator: "\n")
    #expect(lines.count(where: { $0.contains(": warning: ") }) == 20)
    #expect(
      lines.suffix(2) == [
        "note.md: 4980 problems more like these; `runbook check --json` lists all",
        "5000 warnings in 1 note",
      ])
    let all = try await runbook.run("check", "--json", "note.md")
    let list = try JSONSerialization.jsonObject(with: Data(all.stdout.utf8)) as? [Any]
    #expect(list?.count == 5_000)
    let plan = try await runbook.run("plan", "note.md")
    #expect(plan.stderr.split(separator: "\n").count(where: { $0.contains(": warning: ") }) == 20)
  }

  @Test func manyWarningsHideNoError() async throws {
    let runbook = try RunbookBinary()
    let twins = (0..<300).flatMap { number in
      Array(repeating: "- [ ] Go ^s\(number)\n" + Self.block, count: 2)
    }
    try runbook.write("note.md", twins.joined() + "- [ ] Last {timeout=soon}\n" + Self.block)
    for words in [["check", "note.md"], ["plan", "note.md"], ["exec", "note.md"]] {
      let result = try await runbook.run(words)
      #expect(result.status == 2)
      let told = result.stdout + result.stderr
      #expect(told.contains("error: “soon” is no duration"), "\(words)")
      #expect(told.contains("note.md: 400 problems more like these"), "\(words)")
    }
  }

  /// All cores look at notes at once: what they find is told in the order of the notes all the same, and each embedded
  /// note's problems once.
  @Test func aFolderIsToldInItsOrder() async throws {
    let runbook = try RunbookBinary()
    try runbook.write(".obsidian/app.json", "{}")
    try runbook.write(
      "zz/Part.md", "---\ntags: [runbook]\n---\n- [ ] Go {timeout=soon}\n" + Self.block)
    let names = (100..<300).map { "notes/\($0).md" }
    for name in names {
      try runbook.write(
        name,
        "---\ntags: [runbook]\ncwd: .\n---\n- [ ] ![[Part]]\n- [ ] Go {x=\(name)}\n" + Self.block)
    }
    let result = try await runbook.run("check", ".")
    #expect(result.status == 2)
    let places = result.stdout.split(separator: "\n").filter { $0.contains(": error: ") }
      .map { String($0.prefix { $0 != ":" }) }
    #expect(places.filter { $0.hasSuffix("Part.md") }.count == 1)
    #expect(places.filter { !$0.hasSuffix("Part.md") } == names)
    #expect(result.stdout.hasSuffix(" in 201 notes\n"))
  }

  @Test func jsonIsOneArray() async throws {
    let runbook = try RunbookBinary()
    try runbook.write("note.md", "- [ ] Go {timeout=soon}\n" + Self.block)
    let result = try await runbook.run("check", "--json", "note.md", "gone.md")
    #expect(result.status == 2)
    #expect(result.stderr == "")
    let all = try #require(
      JSONSerialization.jsonObject(with: Data(result.stdout.utf8)) as? [[String: Any]])
    #expect(all.map { $0["file"] as? String } == ["note.md", "gone.md"])
    #expect(all[0]["severity"] as? String == "error")
    #expect(all[0]["line"] as? Int == 1)
    #expect(all[0]["column"] as? Int == 19)
    #expect((all[0]["message"] as? String)?.isEmpty == false)
    try runbook.write("note.md", "- [ ] Go\n" + Self.block)
    let clean = try await runbook.run("check", "--json", "note.md")
    #expect(clean.status == 0)
    #expect(clean.stdout.filter { !$0.isWhitespace } == "[]")
  }

  @Test func missingFile() async throws {
    let result = try await RunbookBinary().run("check", "gone.md")
    #expect(result.status == 2)
    #expect(result.stdout.hasPrefix("gone.md: error: no such note: gone.md\n"))
  }

  /// Of a folder, the runbooks; another note is nobody's mistake.
  @Test func folder() async throws {
    let runbook = try RunbookBinary()
    try runbook.write(
      "v/Deploy.md", "---\ntags: [runbook]\n---\n- [ ] Go {timeout=x}\n" + Self.block)
    try runbook.write("v/Diary.md", "- [ ] Buy milk {timeout=x}\n")
    try runbook.write("v/.obsidian/app.json", "{}")
    let result = try await runbook.run("check", "v")
    #expect(result.status == 2)
    #expect(result.stdout.hasSuffix("in 1 note\n"))
    #expect(result.stdout.contains("v/Deploy.md:4:19: error: “x” is no duration"))
    #expect(!result.stdout.contains("Diary"))
  }

  @Test func warningsKeepNobodyFromRunning() async throws {
    let runbook = try RunbookBinary()
    try runbook.write("note.md", "- [ ] Go\n" + Self.block + "- [ ] Go\n" + Self.block)
    let result = try await runbook.run("check", "note.md")
    #expect(result.status == 0)
    #expect(result.stdout.hasSuffix("2 warnings in 1 note\n"))
  }

  @Test func vaultFileIsReadAndNamed() async throws {
    let runbook = try RunbookBinary()
    try runbook.write("v/.runbook.yml", "timout: 3m\n")
    try runbook.write("v/deep/Deploy.md", "- [ ] Go\n" + Self.block)
    let result = try await runbook.run("check", "v/deep/Deploy.md")
    #expect(result.status == 2)
    #expect(result.stdout.contains("/v/.runbook.yml:1:1: error: “timout” looks like"))
    try runbook.write("v/.runbook.yml", "timeout: 3m\n")
    let plan = try await runbook.run("plan", "--json", "v/deep/Deploy.md")
    #expect(plan.status == 0)
    #expect(plan.stdout.contains("\"timeout\" : 180"))
  }
}
