import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// A run does not die with its terminal, nor with its runner.
@Suite(.paced) struct SurvivalTests {
  /// Each step waits until it is let go on.
  private static let note = """
    ---
    cwd: ../app
    notify: env | grep '^RUNBOOK_' | sort >> ../app/told
    ---
    # Deploy

    - [ ] Build
      ```bash
      echo one >> trace; while [ ! -e go1 ]; do sleep 0.02; done
      ```
    - [ ] Upload
      ```bash
      echo two >> trace; echo uploading; while [ ! -e go2 ]; do sleep 0.02; done
      ```
    - [ ] Switch
      ```bash
      echo three >> trace; while [ ! -e go3 ]; do sleep 0.02; done
      ```

    """

  private static func runbook() throws -> RunbookBinary {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Deploy.md", note)
    return runbook
  }

  private static func waitForTrace(_ runbook: RunbookBinary, _ text: String) async throws {
    try #require(
      try await eventually { (try? runbook.read("../app/trace")) == text }, "not yet: \(text)")
  }

  private static func record(_ runbook: RunbookBinary) throws -> String {
    try runbook.read(try #require(runbook.record))
  }

  /// The window goes, with the terminal and the shell in it, when one step is done.
  @Test(.enabled(if: Tmux.isThere)) func aClosedWindowEndsNothing() async throws {
    let runbook = try Self.runbook()
    let tmux = try await Tmux(runbook)
    tmux.type("clear; runbook exec Deploy.md\n")
    try await Self.waitForTrace(runbook, "one\n")
    try runbook.write("../app/go1", "")
    try await Self.waitForTrace(runbook, "one\ntwo\n")
    tmux.close()
    try #require(
      try await eventually { try runbook.journal().contains("the run goes on unwatched") })
    // The kernel and the shell both say so, in whatever order.
    let runner = try runbook.journal().firstMatch(of: #/"event":"runner".*"pid":(\d+)/#)
    #expect(kill(try #require(runner.flatMap { Int32($0.1) }), SIGHUP) == 0)
    #expect(try await runbook.run("runs").stdout.contains("running"))

    let other = try await Tmux(runbook)
    other.type("clear; runbook attach; echo \"status $?\"\n")
    try await other.wait { $0.contains("✓ 1 Build") && $0.contains("uploading") }
    try runbook.write("../app/go2", "")
    try await other.wait { $0.contains("✓ 2 Upload") && !$0.contains("✓ 3 Switch") }
    try runbook.write("../app/go3", "")
    let end = try await other.wait(for: "status 0")
    #expect(end.contains("succeeded · 3 of 3 steps"), "\(end)")
    #expect(try runbook.read("../app/trace") == "one\ntwo\nthree\n")
    let note = try runbook.read("Deploy.md")
    #expect(note.contains("run_status: succeeded"))
    for step in ["Build", "Upload", "Switch"] { #expect(note.contains("- [x] \(step) [took::")) }
    #expect(try Self.record(runbook).contains("the run goes on unwatched"))
    #expect(try await runbook.run("reset", "Deploy.md").status == 0)
    #expect(try runbook.read("Deploy.md") == Self.note)
  }

  @Test func aKilledRunnerLeavesTheStepToTheNext() async throws {
    let runbook = try Self.runbook()
    let started = try runbook.start("exec", "Deploy.md")
    try await Self.waitForTrace(runbook, "one\n")
    let step = LivingProcesses.pids(in: runbook.app.path)
    try #require(!step.isEmpty)
    started.signal(SIGKILL)
    #expect(try await started.end() == 128 + 9)
    // No lock is stale, and yet no second run begins beside the step.
    let refused = try await runbook.run("exec", "Deploy.md")
    #expect(refused.status == 69)
    #expect(refused.stderr.contains("did not end"))
    #expect(refused.stderr.contains("runbook resume "))
    #expect(LivingProcesses.pids(in: runbook.app.path).contains(try #require(step.first)))

    let resumed = try runbook.start("resume")
    try #require(
      try await eventually { try runbook.journal().matches(of: #/"event":"runner"/#).count == 2 })
    for name in ["go1", "go2", "go3"] { try runbook.write("../app/\(name)", "") }
    #expect(try await resumed.end() == 0)
    #expect(try runbook.read("../app/trace") == "one\ntwo\nthree\n")
    let record = try Self.record(runbook)
    #expect(record.contains("the runner was gone from "))
    #expect(record.contains("run_status: succeeded"))
    #expect(try runbook.journal().matches(of: #/"event":"run-started"/#).count == 1)
  }

  @Test func theSecondOfTwoIsToldAllItNeeds() async throws {
    let runbook = try Self.runbook()
    let first = try runbook.start("exec", "Deploy.md")
    try await Self.waitForTrace(runbook, "one\n")
    let run = try #require(runbook.runs.first).lastPathComponent
    let second = try await runbook.run("exec", "Deploy.md")
    #expect(second.status == 69)
    let since = #/ by run (\S+) of \S+, since \d\d:\d\d:\d\d, process (\d+)\n/#
    let match = try #require(try since.firstMatch(in: second.stderr), "\(second.stderr)")
    #expect(match.1 == run)
    #expect(Int32(match.2) == first.pid)
    #expect(second.stderr.contains("runbook attach \(run.suffix(4))"))
    first.signal(SIGKILL)
    _ = try await first.end()
    // The kernel's lock went with it; what is left is the run that has no end.
    #expect(try await runbook.run("cancel", "--abandon").status == 0)
    for name in ["go1", "go2", "go3"] { try runbook.write("../app/\(name)", "") }
    #expect(try await runbook.run("exec", "Deploy.md").status == 0)
  }

  /// What a killed runner was just starting holds its lock a moment longer; what holds on to it is refused.
  @Test(arguments: [("0.5", 0), ("60", 69)])
  func theLockOfADeadProcessIsWaitedFor(_ seconds: String, _ status: Int) async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("note.md", "---\ncwd: ../app\n---\n- [ ] A\n  ```bash\n  true\n  ```\n")
    #expect(try await runbook.run("exec", "note.md").status == 0)
    let locks = runbook.stateFolder.appendingPathComponent("runbook/locks").path
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: locks).first)
    let holder = try StartedProgram(
      ["flock", "\(locks)/\(name)", "sh", "-c", "touch held; exec sleep \(seconds)"],
      environment: runbook.environment, folder: runbook.app.path)
    // The shell's place has the lock too.
    defer { for pid in LivingProcesses.pids(in: runbook.app.path) { kill(pid, SIGKILL) } }
    try #require(try await eventually { runbook.exists("../app/held") })
    #expect(try await runbook.run("exec", "note.md").status == status)
    _ = holder
  }

  @Test func theNotificationComesOnceWithAllItsVariables() async throws {
    let runbook = try Self.runbook()
    _ = try await runbook.run("exec", "Deploy.md", "--background")
    try await Self.waitForTrace(runbook, "one\n")
    let follower = try runbook.start("logs", "-f")
    for name in ["go1", "go2", "go3"] { try runbook.write("../app/\(name)", "") }
    #expect(try await follower.end() == 0)
    #expect(follower.stdout.contains("uploading\n"))
    let run = try #require(runbook.runs.first).lastPathComponent
    let note = runbook.folder.appendingPathComponent("Deploy.md").path
    try #require(try await eventually { runbook.exists("../app/told") })
    // The runner ends after it; then no second one can come.
    try #require(try await eventually { try runbook.journal().contains(#""event":"recorded""#) })
    try #require(try await eventually { LivingProcesses.pids(in: runbook.folder.path).isEmpty })
    #expect(
      try runbook.read("../app/told") == """
        RUNBOOK_EVENT=ended
        RUNBOOK_NOTE=\(note)
        RUNBOOK_OUTCOME=succeeded
        RUNBOOK_RUN=\(run)
        RUNBOOK_SUMMARY=succeeded
        RUNBOOK_TITLE=Deploy

        """)
  }

  // MARK: The box in the note

  /// A program of another's making writes the note: by a new file, or in place.
  @Test(arguments: [
    "sed -i 's/^- \\[ \\] Look/- [x] Look/' note.md",
    "text=$(sed 's/^- \\[ \\] Look/- [x] Look/' note.md) && echo \"$text\" > note.md",
  ])
  func anotherProgramTicksTheBox(_ command: String) async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write(
      "note.md",
      "---\ncwd: ../app\n---\n- [ ] Look\n- [ ] A\n  ```bash\n  date +%s.%N > ran\n  ```\n")
    _ = try await runbook.run("exec", "note.md", "--background")
    try #require(
      try await eventually { try runbook.read("note.md").contains("[result:: waiting]") })
    let ticked = Date.now
    try #require(try await ShellCommand.run(runbook, command).status == 0)
    #expect(try await runbook.run("attach").status == 0)
    let ran = try #require(
      Double(try runbook.read("../app/ran").trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(ran >= ticked.timeIntervalSince1970)
    #expect(try runbook.read("note.md").contains("- [x] Look [result:: done]"))
    #expect(try runbook.journal().contains(#""by":"the note""#))
  }

  @Test(.enabled(if: Tmux.isThere)) func theBoxAnswersWhatTheTerminalAsks() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("note.md", "- [ ] Look\n- [ ] A\n  ```bash\n  true\n  ```\n")
    let tmux = try await Tmux(runbook)
    tmux.type("clear; runbook exec note.md; echo \"status $?\"\n")
    try await tmux.wait(for: "[d]one")
    try #require(
      try await eventually { try runbook.read("note.md").contains("[result:: waiting]") })
    try #require(
      try await ShellCommand.run(runbook, "sed -i 's/^- \\[ \\] Look/- [x] Look/' note.md").status
        == 0)
    let end = try await tmux.wait { $0.hasSuffix("status 0\n$") }
    #expect(!end.contains("[d]one"))
  }
}
