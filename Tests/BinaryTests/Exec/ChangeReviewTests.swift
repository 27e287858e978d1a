import TestSupport
import Testing

/// What a note can execute now and could not when it was last run here.
@Suite(.paced) struct ChangeReviewTests {
  private static let note = """
    ---
    cwd: ../app
    ---
    - [ ] Build
      ```bash
      echo build
      echo again
      ```
    - [ ] Ship
      ```bash {timeout=5s}
      echo ship >> trace
      ```

    """

  private static func runbook(isKnown: Bool = true) async throws -> RunbookBinary {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Deploy.md", note)
    if isKnown { #expect(try await runbook.run("exec", "Deploy.md").status == 0) }
    return runbook
  }

  private static func change(_ runbook: RunbookBinary) throws {
    let text = try runbook.read("Deploy.md")
    try runbook.write(
      "Deploy.md",
      text.replacing("  echo again\n", with: "  echo again \u{202E}# now\n")
        .replacing("timeout=5s", with: "timeout=6s host=localhost"))
  }

  @Test func withoutATerminalItIsSaidAndItGoesOn() async throws {
    let runbook = try await Self.runbook()
    let same = try await runbook.run("exec", "Deploy.md", "--trusted-only")
    #expect(same.status == 0 && same.stderr.isEmpty, "\(same.stderr)")
    try Self.change(runbook)
    let changed = try await runbook.run("exec", "Deploy.md")
    #expect(changed.status == 0)
    try Golden.expect(changed.stderr, is: "Exec/changed.err")
    #expect(try runbook.read("../app/trace") == "ship\nship\nship\n")
    let again = try await runbook.run("exec", "Deploy.md", "--trusted-only")
    #expect(again.status == 0 && !again.stderr.contains("changed"), "\(again.stderr)")
  }

  @Test func trustedOnlyRefusesWhatIsNew() async throws {
    let runbook = try await Self.runbook(isKnown: false)
    let first = try await runbook.run("exec", "Deploy.md", "--trusted-only")
    #expect(first.status == 2)
    try Golden.expect(first.stderr, is: "Exec/never-run.err")
    #expect(try runbook.read("Deploy.md") == Self.note)
    #expect(!runbook.exists("../app/trace"))
    _ = try await runbook.run("exec", "Deploy.md")
    try Self.change(runbook)
    let before = try runbook.read("Deploy.md")
    let second = try await runbook.run("exec", "Deploy.md", "--trusted-only")
    #expect(second.status == 2 && second.stderr.hasSuffix("Nothing was run.\n"))
    #expect(try runbook.read("Deploy.md") == before)
    #expect(try runbook.read("../app/trace") == "ship\n")
  }

  @Test func whatAnEmbeddedNoteExecutesCountsToo() async throws {
    let runbook = try await Self.runbook(isKnown: false)
    try runbook.write("All.md", "---\ncwd: ../app\n---\n- [ ] ![[Deploy]]\n")
    #expect(try await runbook.run("exec", "All.md").status == 0)
    try Self.change(runbook)
    let result = try await runbook.run("exec", "All.md")
    #expect(result.stderr.contains("changed: 1.1 Deploy › Build"), "\(result.stderr)")
  }

  @Test(.enabled(if: Tmux.isThere), arguments: [("n", 2, 1), ("y", 0, 2), ("", 2, 1)])
  func inATerminalItAsks(_ answer: String, _ status: Int, _ count: Int) async throws {
    let runbook = try await Self.runbook()
    try Self.change(runbook)
    let tmux = try await Tmux(runbook)
    tmux.type("clear; runbook exec Deploy.md; echo status $?\n")
    let screen = try await tmux.wait(for: "Run it? [y/N]")
    #expect(screen.contains("+ echo again ‹U+202E›# now"), "\(screen)")
    tmux.type(answer + "\n")
    try await tmux.wait(for: "status \(status)")
    #expect(
      try runbook.read("../app/trace").split(separator: "\n").count == count)
  }

  @Test(.enabled(if: Tmux.isThere)) func yesIsTheAnswerGivenBefore() async throws {
    let runbook = try await Self.runbook()
    try Self.change(runbook)
    let tmux = try await Tmux(runbook)
    tmux.type("clear; runbook exec Deploy.md --yes; echo status $?\n")
    try await tmux.wait(for: "status 0")
    #expect(try runbook.read("../app/trace") == "ship\nship\n")
  }
}
