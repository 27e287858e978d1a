import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Runs without a terminal, and those who look at them.
@Suite(.paced) struct ExecBackgroundTests {
  /// Waits for a file `go`, between two tokens.
  private static let waiting = """
    ---
    cwd: ../app
    notify: echo "$RUNBOOK_EVENT $RUNBOOK_OUTCOME $RUNBOOK_TITLE" >> ../app/told
    ---
    - [ ] A
      ```bash
      echo a >> trace; echo begun; while [ ! -e go ]; do sleep 0.02; done; echo ended
      ```
    - [ ] B
      ```bash
      echo b >> trace
      ```

    """

  private static func runbook(_ note: String) throws -> RunbookBinary {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("note.md", note)
    return runbook
  }

  @Test func itGoesOnByItselfAndTellsOnce() async throws {
    let runbook = try Self.runbook(Self.waiting)
    let started = try await runbook.run("exec", "note.md", "--background")
    #expect(started.status == 0)
    #expect(started.stdout.contains("runbook attach "))
    try #require(try await eventually { runbook.exists("../app/trace") })
    #expect(try await runbook.run("runs").stdout.contains("running"))
    let follower = try runbook.start("logs", "-f")
    try #require(try await eventually { follower.stdout.contains("begun") })
    try runbook.write("../app/go", "")
    #expect(try await follower.end() == 0)
    #expect(follower.stdout == "── 1 A\nbegun\nended\n── 2 B\n")
    #expect(
      try await eventually { (try? runbook.read("../app/told")) == "ended succeeded note\n" })
    #expect(try runbook.read("../app/trace") == "a\nb\n")
    let after = try await runbook.run("attach")
    #expect(after.status == 0)
    #expect(after.stdout.contains("succeeded · 2 of 2 steps"))
  }

  @Test func aSecondRunIsRefusedAndWaitsIfAsked() async throws {
    let runbook = try Self.runbook(Self.waiting)
    _ = try await runbook.run("exec", "note.md", "--background")
    let second = try await runbook.run("exec", "note.md")
    #expect(second.status == 69)
    #expect(second.stderr.contains("runbook attach "))
    let patient = try runbook.start("exec", "note.md", "--wait")
    try #require(try await eventually { patient.stderr.contains("waiting") })
    try runbook.write("../app/go", "")
    #expect(try await patient.end() == 0)
    #expect(try runbook.read("../app/trace") == "a\nb\na\nb\n")
  }

  @Test func cancelStopsItAndRollsBack() async throws {
    let runbook = try Self.runbook(
      "---\ncwd: ../app\n---\n- [ ] A\n  ```bash\n  echo a >> trace; sleep 100\n  ```\n"
        + "  ```bash {rollback}\n  echo back >> trace\n  ```\n")
    _ = try await runbook.run("exec", "note.md", "--background")
    try #require(try await eventually { runbook.exists("../app/trace") })
    #expect(try await runbook.run("cancel").status == 0)
    #expect(try await runbook.run("attach").status == 3)
    #expect(try runbook.read("../app/trace") == "a\nback\n")
  }

  /// `[x]` goes on, `[-]` is no.
  @Test(arguments: [("x", 0, "a\n"), ("-", 1, "")])
  func theBoxInTheNoteAnswers(mark: String, status: Int, trace: String) async throws {
    let runbook = try Self.runbook(
      "---\ncwd: ../app\n---\n- [ ] Look\n- [ ] A\n  ```bash\n  echo a >> trace\n  ```\n")
    _ = try await runbook.run("exec", "note.md", "--background")
    try #require(
      try await eventually { try runbook.read("note.md").contains("[result:: waiting]") })
    let waiting = try runbook.read("note.md")
    try runbook.write("note.md", waiting.replacing("- [ ] Look", with: "- [\(mark)] Look"))
    #expect(try await runbook.run("attach").status == status)
    #expect((try? runbook.read("../app/trace")) ?? "" == trace)
  }

  @Test func termEndsTheRunnerAndNoStep() async throws {
    let runbook = try Self.runbook(Self.waiting)
    _ = try await runbook.run("exec", "note.md", "--background")
    try #require(try await eventually { runbook.exists("../app/trace") })
    let journal = try runbook.journal()
    let runner = journal.split(separator: "\n").first { $0.contains(#""event":"runner""#) }
    let text = try #require(runner?.firstMatch(of: #/"pid":(\d+)/#)?.1)
    let pid = try #require(Int32(text))
    kill(pid, SIGTERM)
    try #require(try await eventually { kill(pid, 0) != 0 || Self.isZombie(pid) })
    #expect(try await runbook.run("runs").stdout.contains("interrupted"))
    try runbook.write("../app/go", "")
    #expect(try await runbook.run("resume").status == 0)
    #expect(try runbook.read("../app/trace") == "a\nb\n")
  }

  /// Ended, and not reaped by the machine's first process.
  private static func isZombie(_ pid: Int32) -> Bool {
    let status = (try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)) ?? ""
    return status.contains("State:\tZ")
  }
}
