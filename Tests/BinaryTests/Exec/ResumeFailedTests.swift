import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// A run that failed or was stopped is gone on with, by `resume` and by `exec --from STEP --continue RUN`.
@Suite(.paced) struct ResumeFailedTests {
  /// The second step fails until there is a file `good`.
  private static let steps = """
    - [ ] Note what is live
      ```bash {capture=BEFORE}
      echo one >> trace
      echo v41
      ```
      ```bash {rollback}
      echo "undo one, $BEFORE" >> trace
      ```
    - [ ] Switch over
      ```bash
      echo two >> trace
      ```
      ```bash
      echo "three, $BEFORE" >> trace
      test -e good
      ```
      ```bash {rollback}
      echo "undo two, $BEFORE" >> trace
      ```
    - [ ] Tell about it
      ```bash
      echo "four, $BEFORE" >> trace
      ```
      ```bash {always}
      echo cleaned >> trace
      ```

    """

  private static func failed(_ name: String = "Deploy.md") async throws -> RunbookBinary {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write(name, "---\ncwd: ../app\n---\n# Deploy\n\n" + steps)
    let result = try await runbook.run("exec", name, "--no-rollback")
    #expect(result.status == 1, "\(result.stdout)\(result.stderr)")
    #expect(try runbook.read("../app/trace") == "one\ntwo\nthree, v41\ncleaned\n")
    #expect(result.stdout.contains("runbook resume"))
    try runbook.write("../app/trace", "")
    try runbook.write("../app/good", "")
    return runbook
  }

  private static func records(_ runbook: RunbookBinary) throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: runbook.folder.appendingPathComponent("Runs").path
    ).sorted().map { "Runs/\($0)" }
  }

  @Test func itGoesOnAtTheFailedStepWithItsValuesAndTicks() async throws {
    let runbook = try await Self.failed()
    let earlier = try #require(try Self.records(runbook).first)
    let first = try runbook.bytes(earlier)
    let tick = try #require(
      try runbook.read("Deploy.md").split(separator: "\n").first { $0.contains("Note what") })
    let result = try await runbook.run("resume")
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    #expect(try runbook.read("../app/trace") == "three, v41\nfour, v41\ncleaned\n")
    let note = try runbook.read("Deploy.md")
    #expect(note.contains(tick), "\(note)")
    #expect(note.contains("- [x] Switch over [took:: "))
    #expect(note.contains("· succeeded · 3 of 3 ·"))
    #expect(note.contains("note: failed at “Switch over”, exit 1"))
    // What was recorded stays; the new record says both.
    #expect(try runbook.bytes(earlier) == first)
    let records = try Self.records(runbook).filter { $0 != earlier }
    #expect(records.count == 1)
    let record = try runbook.read(try #require(records.first))
    #expect(record.contains("\npart: 2\n") && record.contains("\nrun_status: succeeded\n"))
    #expect(record.contains("- failed at “Switch over”, exit 1"))
    #expect(record.contains("went on with “Switch over”"))
    // It is one run, and went well.
    let runs = try await runbook.run("runs").stdout
    #expect(runs.split(separator: "\n").count == 2 && runs.contains("succeeded"), "\(runs)")
    let stats = try await runbook.run("stats", "--json").stdout
    #expect(stats.contains("\"succeeded\" : 1"), "\(stats)")
    // All of it can be undone.
    try runbook.write("../app/trace", "")
    let id = try Self.id(runbook)
    let undone = try await runbook.run(["rollback", id] + Self.yes(runbook))
    #expect(undone.status == 0, "\(undone.stdout)\(undone.stderr)")
    #expect(try runbook.read("../app/trace") == "undo two, v41\nundo one, v41\n")
  }

  private static func yes(_ runbook: RunbookBinary) async throws -> [String] {
    try await runbook.run("rollback", "--help").stdout.contains("--yes") ? ["--yes"] : []
  }

  @Test func whatWasStoppedGoesOn() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write(
      "Deploy.md",
      "---\ncwd: ../app\n---\n"
        + Self.steps.replacing("test -e good", with: "touch here; [ -e good ] || sleep 300"))
    let program = try runbook.start("exec", "Deploy.md", "--no-rollback")
    try #require(try await eventually { runbook.exists("../app/here") })
    program.signal(SIGINT)
    #expect(try await program.end() == 130, "\(program.stdout)")
    try runbook.write("../app/good", "")
    let result = try await runbook.run("resume")
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    #expect(
      try runbook.read("../app/trace")
        == "one\ntwo\nthree, v41\ncleaned\nthree, v41\nfour, v41\ncleaned\n")
  }

  /// A runner that is killed after it was gone on with leaves a run that is gone on with as any is.
  @Test func aKilledRunnerOfItChangesNothing() async throws {
    let runbook = try await Self.failed()
    try FileManager.default.removeItem(
      at: runbook.app.appendingPathComponent("good"))
    let journal = try runbook.journal()
    #expect(try await runbook.run("resume").status == 1)
    #expect(try runbook.journal().count > journal.count)
    // As if it had been killed right after the word that the run goes on.
    let lines = try runbook.journal().split(separator: "\n")
    let place = try #require(lines.firstIndex { $0.contains("\"reopened\"") })
    let path = runbook.stateFolder.path + "/runbook/runs/\(try Self.id(runbook))/journal.jsonl"
    try RunbookBinary.put(
      Array((lines[...place].joined(separator: "\n") + "\n").utf8), path)
    for line in lines[place...] {
      guard let folder = line.firstMatch(of: /"folder":"(\d+-[^"]+)"/)?.1 else { continue }
      try FileManager.default.removeItem(
        at: URL(fileURLWithPath: path).deletingLastPathComponent()
          .appendingPathComponent("steps/\(folder)"))
    }
    try runbook.write("../app/good", "")
    try runbook.write("../app/trace", "")
    #expect(try await runbook.run("runs").stdout.contains("interrupted"))
    #expect(try await runbook.run("exec", "Deploy.md").status == 69)
    let result = try await runbook.run("resume")
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    #expect(try runbook.read("../app/trace") == "three, v41\nfour, v41\ncleaned\n")
  }

  // MARK: From a step that a person names

  @Test(arguments: [
    ("Note what is live", 0, "one\ntwo\nthree, v41\nfour, v41\ncleaned\n"),
    ("Switch over", 0, "three, v41\nfour, v41\ncleaned\n"),
    ("3", 0, "four, v41\ncleaned\n"),
  ])
  func fromAStep(_ step: String, _ status: Int, _ trace: String) async throws {
    let runbook = try await Self.failed()
    let id = try Self.id(runbook)
    let result = try await runbook.run(
      "exec", "Deploy.md", "--from", step, "--continue", String(id.suffix(4)))
    #expect(result.status == status, "\(result.stdout)\(result.stderr)")
    #expect(try runbook.read("../app/trace") == trace)
    if step == "3" {
      #expect(result.stdout.contains("succeeded with warnings"))
      #expect(try runbook.read("Deploy.md").contains("- [ ] Switch over [result:: failed]"))
    }
  }

  @Test(arguments: [
    (["--continue", "ID"], "--continue needs --from STEP"),
    (["--continue", "ID", "--from", "3", "--set", "A=b"], "parameters and options of that run"),
    (["--continue", "ID", "--from", "3", "--no-rollback"], "parameters and options of that run"),
    (["--continue", "ID", "--from", "Nowhere"], "the run has no step “Nowhere”"),
    (["--continue", "beef", "--from", "3"], "there is no run “beef”"),
  ])
  func whatMakesNoSenseIsRefused(_ options: [String], _ words: String) async throws {
    let runbook = try await Self.failed()
    let id = try Self.id(runbook)
    let result = try await runbook.run(
      ["exec", "Deploy.md"] + options.map { $0 == "ID" ? id : $0 })
    #expect(result.status == 2)
    #expect(result.stderr.contains(words), "\(result.stderr)")
    #expect(try runbook.read("../app/trace") == "")
  }

  @Test func aRunOfAnotherNoteIsRefused() async throws {
    let runbook = try await Self.failed()
    try runbook.write("Other.md", "- [ ] A\n  ```bash\n  true\n  ```\n")
    let id = try Self.id(runbook)
    let result = try await runbook.run("exec", "Other.md", "--from", "1", "--continue", id)
    #expect(result.status == 2)
    #expect(result.stderr.contains("is one of Deploy.md"), "\(result.stderr)")
  }

  // MARK: Refused

  private static func refusal(_ runbook: RunbookBinary, _ id: String, _ words: String) async throws
  {
    let trace = try runbook.read("../app/trace")
    let result = try await runbook.run("resume", id)
    #expect(result.status == 2, "\(result.stdout)")
    #expect(result.stderr.contains(words), "\(result.stderr)")
    #expect(try runbook.read("../app/trace") == trace)
  }

  /// Of the only run.
  private static func id(_ runbook: RunbookBinary) throws -> String {
    try #require(runbook.runs.first).lastPathComponent
  }

  @Test func whatWasUndoneIsNotGoneOnWith() async throws {
    let runbook = try await Self.failed()
    let id = try Self.id(runbook)
    #expect(try await runbook.run(["rollback", id] + Self.yes(runbook)).status == 0)
    try await Self.refusal(runbook, id, "was undone since, by the run ")
  }

  @Test func whatHasALaterRunOnTopIsNotGoneOnWith() async throws {
    let runbook = try await Self.failed()
    let id = try Self.id(runbook)
    #expect(try await runbook.run("exec", "Deploy.md").status == 0)
    try await Self.refusal(runbook, id, "the note was run again since")
  }

  @Test func whatWentWellIsNotGoneOnWith() async throws {
    let runbook = try await Self.failed()
    #expect(try await runbook.run("resume").status == 0)
    try await Self.refusal(runbook, Self.id(runbook), "has ended: succeeded")
  }

  @Test func whatWasRolledBackIsNotGoneOnWith() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Deploy.md", "---\ncwd: ../app\n---\n" + Self.steps)
    #expect(try await runbook.run("exec", "Deploy.md").status == 3)
    try await Self.refusal(runbook, Self.id(runbook), "has ended: rolled back")
  }

  /// What is to run again counts as not run.
  @Test func aChangedBlockIsShownAndNothingIsDone() async throws {
    let runbook = try await Self.failed()
    let note = try runbook.read("Deploy.md")
    try runbook.write("Deploy.md", note.replacing("test -e good", with: "test -e better"))
    let journal = try runbook.journal()
    let result = try await runbook.run("resume")
    #expect(result.status == 2)
    #expect(result.stderr.contains("test -e better"), "\(result.stderr)")
    #expect(result.stderr.contains("runbook rollback "))
    #expect(try runbook.journal() == journal)
    #expect(try runbook.read("../app/trace") == "")
  }

  // MARK: In a terminal

  @Test(.enabled(if: Tmux.isThere, "tmux is not on this machine"))
  func aStoppedRunIsResumedWithItsCaptures() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Deploy.md", "---\ncwd: ../app\n---\n# Deploy\n\n" + Self.steps)
    let tmux = try await Tmux(runbook)
    tmux.type("clear; runbook exec Deploy.md; echo \"status $?\"\n")
    try await tmux.wait(for: "[q] stop here")
    tmux.press("q")
    try await tmux.wait(for: "status 1")
    try runbook.write("../app/good", "")
    tmux.type("clear; runbook resume; echo \"status $?\"\n")
    let end = try await tmux.wait { $0.hasSuffix("status 0\n$") }
    try Golden.expect(
      ExecTerminalTests.picture(end, runbook), is: "Terminal/resumed-after-failure.screen")
    #expect(try runbook.read("../app/trace").hasSuffix("three, v41\nfour, v41\ncleaned\n"))
  }
}
