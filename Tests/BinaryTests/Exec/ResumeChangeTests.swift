import Testing

/// A run that is to go on, and a note that is not as it was.
@Suite(.paced) struct ResumeChangeTests {
  private static let note = """
    - [ ] Build
      ```bash
      echo build
      ```
    - [ ] Look
    - [ ] Upload
      ```bash {timeout=10s}
      echo one
      echo two
      echo three
      echo four
      echo five
      ```
    - [ ] Restart
      ```bash
      echo restart
      ```
    - [ ] Clean up
      ```bash
      echo clean
      ```

    """

  @Test func whatHasNotRunMustBeAsItWas() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Deploy.md", Self.note)
    #expect(try await runbook.run("exec", "Deploy.md").status == 75)
    let waiting = try runbook.read("Deploy.md")
    let start = try #require(waiting.firstRange(of: "- [ ] Restart")).lowerBound
    let end = try #require(waiting.firstRange(of: "- [ ] Clean up")).lowerBound
    let changed = String(waiting[..<start] + waiting[end...])
      .replacing("echo two", with: "echo 2\u{202E}\n  echo more")
      .replacing("timeout=10s", with: "timeout=20s")
      .replacing("clean\n  ```\n", with: "clean\n  ```\n  ```bash {rollback}\n  echo back\n  ```\n")
      // What has run may be changed.
      .replacing("echo build", with: "echo built")
    try runbook.write("Deploy.md", changed)
    let refused = try await runbook.run("resume")
    #expect(refused.status == 2)
    try Golden.expect(runbook.plain(refused.stderr), is: "Exec/resume-changed.err")
    #expect(try runbook.read("Deploy.md") == changed)
    try runbook.write(
      "Deploy.md",
      waiting.replacing("build\n", with: "built\n").replacing("[ ] Look", with: "[x] Look"))
    #expect(try await runbook.run("resume").status == 0)
  }
}
