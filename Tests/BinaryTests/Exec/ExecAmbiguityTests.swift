import Foundation
import TestSupport
import Testing

/// A block whose supervisor was killed: how it ended can't be known, and nothing is done about it unsaid.
@Suite(.paced) struct ExecAmbiguityTests {
  private static let note = """
    ---
    cwd: ../app
    ---
    - [ ] Migrate
      ```bash
      echo began >> trace
      [ -e again ] && exit 0
      touch again
      sleep 301 &
      kill -9 $PPID
      sleep 302
      ```
      ```bash {rollback}
      echo undone >> trace
      ```
    - [ ] After
      ```bash
      echo after >> trace
      ```

    """

  /// A run that has paused there.
  private static func paused() async throws -> RunbookBinary {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Migrate.md", note)
    let result = try await runbook.run("exec", "Migrate.md")
    #expect(result.status == 75, "\(result.stdout)")
    #expect(result.stdout.contains("how it ended is unknown"))
    #expect(result.stdout.contains("--on-ambiguous"))
    // Nothing of it may go on beside what comes next.
    #expect(LivingProcesses.pids(in: runbook.app.path).isEmpty)
    #expect(try runbook.read("../app/trace") == "began\n")
    return runbook
  }

  @Test(arguments: [
    ("rerun", 0, "began\nbegan\nafter\n", "run again"),
    ("skip", 0, "began\nafter\n", "taken as done"),
    ("rollback", 3, "began\nundone\n", "taken as failed"),
  ])
  func theOptionSettlesIt(_ option: String, _ status: Int, _ trace: String, _ words: String)
    async throws
  {
    let runbook = try await Self.paused()
    #expect(try await runbook.run("resume").status == 75)
    let result = try await runbook.run("resume", "--on-ambiguous", option)
    #expect(result.status == status, "\(result.stdout)")
    #expect(try runbook.read("../app/trace") == trace)
    let line = "how “Migrate” ended is unknown: \(words) (--on-ambiguous \(option))"
    #expect(result.stdout.contains(line), "\(result.stdout)")
    #expect(try runbook.read(try #require(runbook.record)).contains(line))
  }

  @Test(
    .enabled(if: Tmux.isThere),
    arguments: [
      ("r", 0, "began\nbegan\nafter\n"), ("d", 0, "began\nafter\n"), ("b", 3, "began\nundone\n"),
    ])
  func aPersonSettlesIt(_ key: String, _ status: Int, _ trace: String) async throws {
    let runbook = try await Self.paused()
    let tmux = try await Tmux(runbook)
    tmux.type("clear; runbook resume; echo \"status $?\"\n")
    try await tmux.wait(for: "[r]un it")
    tmux.press(key)
    try await tmux.wait(for: "status \(status)")
    #expect(try runbook.read("../app/trace") == trace)
  }

  @Test func anythingElseIsRefused() async throws {
    let runbook = try RunbookBinary()
    let result = try await runbook.run("resume", "--on-ambiguous", "guess")
    #expect(result.status == 2)
    #expect(result.stderr.contains("write rerun, skip or rollback"))
  }
}
