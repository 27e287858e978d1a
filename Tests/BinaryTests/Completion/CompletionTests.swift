import Foundation
import TestSupport
import Testing

/// What Tab offers in bash.
@Suite(.paced) struct CompletionTests {
  private static let note = """
    ---
    params: [TARGET]
    ---
    - [ ] Build it ^build
      ```bash
      true
      ```
      ```bash {rollback}
      true
      ```
    - [ ] Publish: the façade, 2 of 3
      ```bash
      true
      ```
    - [ ] Publish $(touch pwned)
      ```bash
      true
      ```
    - [ ] Look `touch pwned`; touch pwned
      ```bash
      true
      ```
    - [ ] Same
      ```bash
      true
      ```
    - [ ] Same
      ```bash
      true
      ```

    """

  private static let title = "Publish: the façade, 2 of 3"
  private static let steps = ["build", title, "3", "4", "5", "6"]

  private func script() async throws -> CompletionScript {
    let runbook = try RunbookBinary()
    try runbook.write("site.md", Self.note)
    try runbook.write("my note.md", "- [ ] Look\n")
    try runbook.write("other.txt", "")
    try runbook.write("sub/deep.md", "- [ ] Look\n")
    return try await CompletionScript(for: "bash", runbook)
  }

  @Test func commands() async throws {
    let script = try await script()
    #expect(try await script.offers("runbook", "ex") == ["exec"])
    #expect(try await script.offers("runbook", "r") == ["reset", "resume", "rollback", "runs"])
    let all = try await script.offers("runbook", "")
    #expect(all.contains("deploy") && all.contains("merge-file") && !all.contains("host-step"))
  }

  @Test func notesAndFolders() async throws {
    let script = try await script()
    #expect(
      try await script.offers("runbook", "exec", "").sorted() == ["my note.md", "site.md", "sub"])
    #expect(try await script.offers("runbook", "plan", "sub/") == ["sub/deep.md"])
    #expect(try await script.offers("runbook", "check", "site.md", "m") == ["my note.md"])
    #expect(try await script.offers("runbook", "init", "") == ["sub"])
    #expect(try await script.offers("runbook", "new", "--from", "o") == ["other.txt"])
  }

  @Test func valuesOfOptions() async throws {
    let script = try await script()
    #expect(
      try await script.offers("runbook", "exec", "site.md", "--on-timeout", "")
        == ["cancel", "fallback", "extend", "background"])
    #expect(
      try await script.offers("runbook", "exec", "--record", "") == [
        "in-place", "note", "both", "none",
      ])
    #expect(try await script.offers("runbook", "deploy", "--build-mode", "s") == ["server"])
    #expect(
      try await script.offers("runbook", "resume", "--on-ambiguous", "r") == ["rerun", "rollback"])
  }

  /// Bash evaluates what completions are made of; a title is no program. Where it could be one, the number stands.
  @Test func stepsOfTheNote() async throws {
    let script = try await script()
    #expect(try await script.offers("runbook", "exec", "site.md", "--from", "") == Self.steps)
    #expect(
      try await script.offers("runbook", "plan", "--skip", "3", "site.md", "--only", "")
        == Self.steps)
    #expect(
      try await script.offers("runbook", "exec", "site.md", "--from", "Publish:") == [Self.title])
    // As bash takes it apart.
    #expect(
      try await script.offers(
        "runbook", "exec", "./site.md", "--set", "TARGET", "=", "x", "--skip", "b") == ["build"])
    #expect(try await script.offers("runbook", "exec", "my\\ note.md", "--from", "") == ["Look"])
    #expect(try await script.offers("runbook", "exec", "'my note.md'", "--from", "") == ["Look"])
    #expect(try await script.offers("runbook", "exec", "--from", "") == [])
    #expect(try await script.offers("runbook", "exec", "gone.md", "--from", "") == [])
    let files = try FileManager.default.contentsOfDirectory(atPath: script.runbook.folder.path)
    #expect(files.sorted() == ["my note.md", "other.txt", "site.md", "sub"])
  }

  @Test func stepsOfTheWorkflow() async throws {
    let script = try await script()
    #expect(try await script.runbook.run("init").status == 0)
    #expect(try await script.offers("runbook", "deploy", "--only", "up") == ["upload"])
    let full = try await script.offers("runbook", "deploy", "--full", "--from", "")
    let plan = try await script.runbook.run("plan", "Workflow-Full.md", "--json")
    let steps = plan.stdout.matches(of: /"number" *:/).count
    #expect(full.count == steps && steps > 5, "\(full)")
    #expect(try await script.offers("runbook", "deploy", "--full", "--quick", "--from", "") == [])
  }

  @Test func templates() async throws {
    let script = try await script()
    #expect(try await script.offers("runbook", "new", "Fi") == ["First"])
    #expect(try await script.offers("runbook", "new", "First", "") == [])
  }

  @Test func runsByTheirState() async throws {
    let script = try await script()
    let runbook = script.runbook
    try FileManager.default.removeItem(at: runbook.stateFolder)
    #expect(try await script.offers("runbook", "logs", "") == [])
    #expect(!FileManager.default.fileExists(atPath: runbook.stateFolder.path))

    try runbook.write("waits.md", "- [ ] Look at it\n")
    #expect(try await runbook.run("exec", "site.md", "--set", "TARGET=x").status == 0)
    #expect(try await runbook.run("exec", "waits.md").status == 75)
    let ids = try FileManager.default.contentsOfDirectory(
      atPath: runbook.stateFolder.appendingPathComponent("runbook/runs").path)
    #expect(Set(try await script.offers("runbook", "logs", "")) == Set(ids) && ids.count == 2)
    let ended = try await script.offers("runbook", "rollback", "")
    let open = try await script.offers("runbook", "resume", "")
    #expect(ended.count == 1 && open.count == 1 && Set(ended + open) == Set(ids))
    #expect(try await script.offers("runbook", "cancel", "") == open)
    #expect(try await script.offers("runbook", "attach", String(open[0].prefix(9))) == open)
    #expect(
      try await script.offers("runbook", "logs", ended[0], "") == Self.steps)
    #expect(try await script.offers("runbook", "logs", "site.md", "") == Self.steps)
    // What was undone has nothing left to undo.
    #expect(try await runbook.run("rollback", ended[0], "--yes").status == 0)
    #expect(try await script.offers("runbook", "rollback", "") == [])
    #expect(try await script.offers("runbook", "logs", "").count == 3)
    #expect(
      try await script.offers("runbook", "logs", String(open[0].suffix(4)), "") == ["Look at it"])
  }
}
