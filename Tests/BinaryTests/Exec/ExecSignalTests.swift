import Foundation
import TestSupport
import Testing

/// Signals to a runner without a terminal.
@Suite(.paced) struct ExecSignalTests {
  private static let note = """
    ---
    cwd: ../app
    ---
    - [ ] First
      ```bash
      touch first
      ```
      WAYBACK
    - [ ] Second
      ```bash {grace=90s}
      trap 'touch asked; exit 0' TERM
      mkfifo pipe && exec 9<>pipe # so that bash waits by itself: it tells of children that are killed
      touch began
      while :; do read -rt 0.05 -u 9 || true; done
      ```
    - [ ] Third
      ```bash
      touch third
      ```

    """

  private static func runbook(wayBack: String) throws -> RunbookBinary {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Deploy.md", note.replacing("WAYBACK", with: wayBack))
    return runbook
  }

  @Test(arguments: [SIGTERM, SIGINT, SIGHUP]) func aSignalCancelsAndRollsBack(_ signal: Int32)
    async throws
  {
    let runbook = try Self.runbook(wayBack: "```bash {rollback}\n  touch back\n  ```")
    let started = try runbook.start("exec", "Deploy.md")
    try #require(try await eventually { runbook.exists("../app/began") })
    started.signal(signal)
    #expect(try await started.end() == 3)
    #expect(runbook.exists("../app/asked") && runbook.exists("../app/back"))
    #expect(!runbook.exists("../app/third"))
    #expect(LivingProcesses.pids(in: runbook.app.path).isEmpty)
    let note = try runbook.read("Deploy.md")
    #expect(note.contains("- [ ] Second [result:: cancelled]"))
    #expect(note.contains("cancelled at “Second” · rolled back"))
    if signal == SIGTERM {
      try Golden.expect(runbook.plain(started.stdout), is: "Exec/cancelled.out")
    }
  }

  @Test func aSignalWithNothingToUndoEndsWith130() async throws {
    let runbook = try Self.runbook(wayBack: "")
    let started = try runbook.start("exec", "Deploy.md")
    try #require(try await eventually { runbook.exists("../app/began") })
    started.signal(SIGINT)
    #expect(try await started.end() == 130)
  }

  /// The second signal doesn't wait for the grace, and undoes nothing; the record says what was left.
  @Test func twoSignalsEndAtOnce() async throws {
    let runbook = try Self.runbook(wayBack: "```bash {rollback}\n  touch back\n  ```")
    try runbook.write(
      "Deploy.md",
      try runbook.read("Deploy.md").replacing("trap 'touch asked; exit 0'", with: "trap ''"))
    let started = try runbook.start("exec", "Deploy.md")
    try #require(try await eventually { runbook.exists("../app/began") })
    started.signal(SIGINT)
    try #require(try await eventually { started.stdout.contains("interrupted") })
    started.signal(SIGINT)
    let status = try await started.end()
    #expect(status == 130 || status == 4)
    #expect(!runbook.exists("../app/back"))
    #expect(LivingProcesses.pids(in: runbook.app.path).isEmpty)
    try Golden.expect(runbook.plain(started.stdout), is: "Exec/cancelled-twice.out")
    try Golden.expect(runbook.plain(runbook.read("Deploy.md")), is: "Exec/cancelled-twice.note.md")
  }
}
