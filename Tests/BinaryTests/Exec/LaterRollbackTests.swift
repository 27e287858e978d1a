import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// `runbook rollback`: a run that has ended is undone later, with what it captured.
@Suite(.paced) struct LaterRollbackTests {
  private static let note = """
    ---
    cwd: ../app
    notify: echo "$RUNBOOK_EVENT $RUNBOOK_OUTCOME" >> ../app/told
    ---
    # Deploy

    - [ ] Upload
      ```bash
      mkdir "release-$RUNBOOK_RUN"
      ```
      ```bash {rollback}
      rmdir "release-$RUNBOOK_RUN"
      echo "un-upload '$RUNBOOK_STATUS'" >> trace
      ```
    - [ ] Announce
      ```bash
      true
      ```
    - [ ] Switch ^switch
      ```bash {capture=BEFORE}
      readlink current || true
      ```
      ```bash
      ln -sfn "release-$RUNBOOK_RUN" current
      ```
      ```bash {rollback}
      echo "back to $BEFORE" >> trace
      [ ! -e broken ] && ln -sfn "$BEFORE" current
      ```
      ```bash {always}
      echo always >> trace
      ```

    """

  private static func runbook(_ note: String = note) throws -> RunbookBinary {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Deploy.md", note)
    try FileManager.default.createSymbolicLink(
      atPath: runbook.app.appendingPathComponent("current").path, withDestinationPath: "old")
    return runbook
  }

  private static func current(_ runbook: RunbookBinary) throws -> String {
    try FileManager.default.destinationOfSymbolicLink(
      atPath: runbook.app.appendingPathComponent("current").path)
  }

  private static func records(_ runbook: RunbookBinary) throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: runbook.folder.appendingPathComponent("Runs").path
    ).sorted().map { "Runs/\($0)" }
  }

  // MARK: The way back

  @Test func theWholeStoryIsToldInOutputNoteAndRecord() async throws {
    let runbook = try Self.runbook()
    #expect(try await runbook.run("exec", "Deploy.md").status == 0)
    #expect(try Self.current(runbook).hasPrefix("release-"))
    let first = try #require(runbook.record)
    let before = try runbook.bytes(first)
    let result = try await runbook.rollback()
    #expect(result.status == 0)
    #expect(result.stderr == "")
    #expect(try Self.current(runbook) == "old")
    #expect(try runbook.read("../app/trace") == "always\nback to old\nun-upload ''\n")
    #expect(try runbook.read("../app/told") == "ended succeeded\nended rolled back\n")
    #expect(try runbook.bytes(first) == before)
    let second = try #require(try Self.records(runbook).first { $0 != first })
    for (text, name) in [
      (result.stdout, "out"), (try runbook.read("Deploy.md"), "note.md"),
      (try runbook.read(second), "record.md"),
    ] {
      // Within one second both records would have one name, and the later one is numbered.
      let plain = try runbook.plain(text.replacing(" Deploy 2", with: " Deploy"))
      try Golden.expect(
        plain.replacing(try Regex(#"by \S+ · record"#), with: "by <user> · record"),
        is: "Exec/later-rollback.\(name)")
    }
    #expect(try await runbook.run("reset", "Deploy.md").status == 0)
    #expect(try runbook.read("Deploy.md") == Self.note)
  }

  /// The blocks are those that the run had, whatever the note says by now.
  @Test func aNoteThatWasChangedSinceIsUndoneAsItWas() async throws {
    let runbook = try Self.runbook()
    _ = try await runbook.run("exec", "Deploy.md")
    let note = try runbook.read("Deploy.md")
    try runbook.write(
      "Deploy.md",
      note.replacing("echo \"back to", with: "exit 1; echo \"back to")
        .replacing("- [x] Announce", with: "Hello.\n\n- [x] Announce"))
    #expect(try await runbook.rollback().status == 0)
    #expect(try Self.current(runbook) == "old")
    #expect(try runbook.read("Deploy.md").contains("Hello."))
    #expect(try runbook.read("Deploy.md").contains("- [ ] Upload [result:: rolled back]"))
  }

  @Test func aRunThatFailedAndWasLeftAsItWasToo() async throws {
    let runbook = try Self.runbook(Self.note + "- [ ] Check\n  ```bash\n  exit 7\n  ```\n")
    #expect(try await runbook.run("exec", "Deploy.md", "--no-rollback").status == 1)
    #expect(try await runbook.rollback().status == 0)
    #expect(try runbook.read("../app/trace") == "always\nback to old\nun-upload '7'\n")
  }

  /// Its step was begun, though nobody saw its end.
  @Test func aRunThatWasGivenUpToo() async throws {
    let runbook = try Self.runbook(
      "---\ncwd: ../app\n---\n- [ ] A\n  ```bash\n  echo a >> trace; sleep 100\n  ```\n"
        + "  ```bash {rollback}\n  echo back >> trace\n  ```\n")
    let started = try runbook.start("exec", "Deploy.md")
    try #require(try await eventually { runbook.exists("../app/trace") })
    started.signal(SIGKILL)
    _ = try await started.end()
    #expect(try await runbook.run("cancel", "--abandon").status == 0)
    #expect(LivingProcesses.pids(in: runbook.app.path).isEmpty)
    #expect(try await runbook.rollback().status == 0)
    #expect(try runbook.read("../app/trace") == "a\nback\n")
  }

  @Test func inTheBackgroundAndAsJSON() async throws {
    let runbook = try Self.runbook()
    _ = try await runbook.run("exec", "Deploy.md")
    let started = try await runbook.rollback("--background")
    #expect(started.status == 0)
    #expect(started.stdout.contains("runbook attach "))
    let attached = try await runbook.run("attach")
    #expect(attached.status == 0)
    #expect(attached.stdout.contains("rolled back · 1 of 3 steps"), "\(attached.stdout)")
    #expect(try Self.current(runbook) == "old")
    _ = try await runbook.run("exec", "Deploy.md")
    let lines = try await runbook.rollback("--json").stdout.split(separator: "\n")
    #expect(lines.first?.contains("\"undoes\":{") == true)
    #expect(lines.contains { $0.contains("\"event\":\"rollback-started\"") })
    #expect(lines.last?.contains("\"event\":\"recorded\"") == true)
  }

  @Test func aDryRunOnlySaysWhat() async throws {
    let runbook = try Self.runbook()
    _ = try await runbook.run("exec", "Deploy.md")
    let note = try runbook.bytes("Deploy.md")
    let result = try await runbook.run("rollback", "--dry-run")
    #expect(result.status == 0)
    let text = try runbook.plain(result.stdout)
    #expect(text.hasPrefix("run "), "\(text)")
    #expect(text.hasSuffix("to undo, in this order:\n  3 Switch\n  1 Upload\n"), "\(text)")
    #expect(try runbook.bytes("Deploy.md") == note)
    #expect(try runbook.read("../app/trace") == "always\n")
    #expect(runbook.runs.count == 1)
  }

  // MARK: What fails

  /// The rest is undone, and a second try undoes only what is left.
  @Test func whatFailedCanBeTriedAgain() async throws {
    let runbook = try Self.runbook()
    _ = try await runbook.run("exec", "Deploy.md")
    try runbook.write("../app/broken", "")
    let failed = try await runbook.rollback()
    #expect(failed.status == 4)
    #expect(failed.stdout.contains("not undone: “Switch” (exit 1)"))
    #expect(failed.stdout.contains("for what is left"))
    #expect(try runbook.read("Deploy.md").contains("[result:: rollback failed]"))
    try FileManager.default.removeItem(at: runbook.app.appendingPathComponent("broken"))
    #expect(try await runbook.rollback().status == 0)
    #expect(
      try runbook.read("../app/trace") == "always\nback to old\nun-upload ''\nback to old\n")
    #expect(try Self.current(runbook) == "old")
    let note = try runbook.read("Deploy.md")
    #expect(note.contains("- [ ] Switch [result:: rolled back]"), "\(note)")
    let again = try await runbook.rollback()
    #expect(again.status == 2)
    #expect(again.stderr.contains("was rolled back already, by the run "))
  }

  /// The same mechanism as for any run whose runner dies.
  @Test func aKilledOneIsGoneOnWith() async throws {
    let runbook = try Self.runbook(
      Self.note.replacing(
        "echo \"back to $BEFORE\" >> trace",
        with: "echo \"back to $BEFORE\" >> trace; while [ ! -e go ]; do sleep 0.02; done"))
    _ = try await runbook.run("exec", "Deploy.md")
    let started = try runbook.start("rollback", runbook.latest, "--yes")
    try #require(try await eventually { try runbook.read("../app/trace").contains("back to") })
    started.signal(SIGKILL)
    _ = try await started.end()
    let refused = try await runbook.run("exec", "Deploy.md")
    #expect(refused.status == 69)
    #expect(refused.stderr.contains("runbook resume "))
    #expect(try await runbook.rollback().status == 69)
    try runbook.write("../app/go", "")
    #expect(try await runbook.run("resume").status == 0)
    #expect(try runbook.read("../app/trace") == "always\nback to old\nun-upload ''\n")
    #expect(try Self.current(runbook) == "old")
    let record = try Self.records(runbook).map(runbook.read).first { $0.contains("\nundoes: ") }
    #expect(record?.contains("the runner was gone") == true)
    #expect(record?.contains("run_status: rolled back") == true)
  }

  @Test func aConfirmThatNobodyAnswersLeavesItUndone() async throws {
    let runbook = try Self.runbook(
      Self.note.replacing(
        "```bash {rollback}\n  echo", with: "```bash {rollback confirm=\"Sure?\"}\n  echo"))
    _ = try await runbook.run("exec", "Deploy.md")
    let result = try await runbook.rollback()
    #expect(result.status == 4)
    #expect(result.stdout.contains("nobody could confirm it"))
    #expect(try runbook.read("../app/trace") == "always\nun-upload ''\n")
  }

  @Test(.enabled(if: Tmux.isThere)) func aConfirmIsAskedInATerminal() async throws {
    let runbook = try Self.runbook(
      Self.note.replacing(
        "```bash {rollback}\n  echo", with: "```bash {rollback confirm=\"Sure?\"}\n  echo"))
    _ = try await runbook.run("exec", "Deploy.md")
    let tmux = try await Tmux(runbook)
    tmux.type("clear; runbook rollback; echo \"status $?\"\n")
    let shown = try await tmux.wait(for: "Undo it? [y/N]")
    #expect(shown.contains(" of Deploy.md · succeeded · just now, "), "\(shown)")
    #expect(shown.contains("to undo, in this order:\n  3 Switch\n  1 Upload\n"), "\(shown)")
    #expect(try Self.current(runbook) != "old" && runbook.runs.count == 1)
    tmux.type("y\n")
    let asked = try await tmux.wait(for: "Sure?")
    #expect(asked.contains("✓ 2 Announce"), "\(asked)")
    tmux.press("y")
    let end = try await tmux.wait { $0.hasSuffix("status 0\n$") }
    #expect(end.contains("↩ 3 Switch") && end.contains("↩ 1 Upload"), "\(end)")
    #expect(try Self.current(runbook) == "old")
  }

  @Test(.enabled(if: Tmux.isThere)) func whoSaysNothingUndoesNothing() async throws {
    let runbook = try Self.runbook()
    _ = try await runbook.run("exec", "Deploy.md")
    let note = try runbook.bytes("Deploy.md")
    let tmux = try await Tmux(runbook)
    // A yes that is typed beforehand is one to a run that is named.
    tmux.type("clear; runbook rollback --yes; echo \"status $?\"\n")
    try await tmux.wait(for: "Undo it? [y/N]")
    tmux.type("\n")
    try await tmux.wait { $0.contains("Nothing was undone.") && $0.hasSuffix("status 2\n$") }
    #expect(try runbook.bytes("Deploy.md") == note)
    #expect(runbook.runs.count == 1)
    #expect(try runbook.read("../app/trace") == "always\n")
  }

  // MARK: What is refused

  /// Without a terminal the run must be named, and the yes said; what to type then works as it is told.
  @Test func unaskedNothingIsUndone() async throws {
    let runbook = try Self.runbook()
    _ = try await runbook.run("exec", "Deploy.md")
    let id = runbook.latest
    for words in [[], ["--yes"], [id], ["Deploy.md", "--yes"], ["", "--yes"]] {
      let refused = try await runbook.run(["rollback"] + words)
      #expect(refused.status == 2 && refused.stdout == "", "\(words)")
      try Golden.expect(runbook.plain(refused.stderr), is: "Exec/rollback-unasked.err")
      #expect(refused.stderr.hasSuffix("runbook rollback \(id.suffix(4)) --yes\n"), "\(words)")
    }
    #expect(try runbook.read("../app/trace") == "always\n")
    let flags = try await runbook.run("rollback", "--anyway", "--json")
    #expect(flags.stderr.hasSuffix("rollback \(id.suffix(4)) --anyway --json --yes\n"))
    #expect(try await runbook.run("rollback", String(id.suffix(4)), "--yes").status == 0)
    #expect(try Self.current(runbook) == "old")
  }

  @Test func whatCantBeUndoneIsRefused() async throws {
    let runbook = try Self.runbook("- [ ] A\n  ```bash\n  true\n  ```\n- [ ] Look\n")
    #expect(try await runbook.run("rollback").status == 2)
    _ = try await runbook.run("exec", "Deploy.md")
    let paused = try await runbook.rollback()
    #expect(paused.status == 69)
    #expect(paused.stderr.contains("has not ended"))
    let waiting = try runbook.read("Deploy.md")
    try runbook.write("Deploy.md", waiting.replacing("- [ ] Look", with: "- [x] Look"))
    #expect(try await runbook.run("resume").status == 0)
    let note = try runbook.bytes("Deploy.md")
    let nothing = try await runbook.rollback()
    #expect(nothing.status == 2)
    #expect(nothing.stderr.contains("has nothing to undo"))
    #expect(try runbook.bytes("Deploy.md") == note)
    try runbook.write(
      "Failing.md",
      "- [ ] A\n  ```bash\n  true\n  ```\n  ```bash {rollback}\n  true\n  ```\n"
        + "- [ ] B\n  ```bash\n  false\n  ```\n")
    #expect(try await runbook.run("exec", "Failing.md").status == 3)
    let already = try await runbook.rollback()
    #expect(already.status == 2)
    #expect(already.stderr.contains("was rolled back already"))
  }

  /// What a later run of the note did stands on top of it, unless that was undone.
  @Test func aRunWithANewerOneOnTopIsRefused() async throws {
    let runbook = try Self.runbook()
    _ = try await runbook.run("exec", "Deploy.md")
    let first = try #require(runbook.runs.first).lastPathComponent
    _ = try await runbook.run("exec", "Deploy.md")
    let second = try #require(runbook.runs.first { $0.lastPathComponent != first })
      .lastPathComponent
    let refused = try await runbook.run("rollback", first, "--yes")
    #expect(refused.status == 2)
    #expect(refused.stderr.contains("the note was run again since: \(second), succeeded"))
    #expect(refused.stderr.contains("--anyway"))
    #expect(try Self.current(runbook) == "release-\(second)")
    #expect(try await runbook.run("rollback", second, "--yes").status == 0)
    #expect(try Self.current(runbook) == "release-\(first)")
    #expect(try await runbook.run("rollback", first, "--yes").status == 0)
    #expect(try Self.current(runbook) == "old")
  }

  @Test func anywayMeansAnyway() async throws {
    let runbook = try Self.runbook()
    _ = try await runbook.run("exec", "Deploy.md")
    let first = try #require(runbook.runs.first).lastPathComponent
    _ = try await runbook.run("exec", "Deploy.md")
    let result = try await runbook.run("rollback", first, "--anyway", "--yes")
    #expect(result.status == 0)
    #expect(result.stderr.contains("warning: the note was run again since"))
    #expect(try Self.current(runbook) == "old")
  }
}
