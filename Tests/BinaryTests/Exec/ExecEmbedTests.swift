import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Notes of a vault that embed others: shared parts of several deploys.
@Suite(.paced) struct ExecEmbedTests {
  private static let deploy = """
    ---
    tags: [runbook]
    cwd: ../app
    params:
      - SERVER=localhost
      - KEEP=5
    ---
    # Deploy

    - [ ] ![[Backup-DB]] {host=$SERVER} ^backup
    - [ ] Switch
      ```bash {host=$SERVER}
      echo "switch, dump $DUMP" >> trace
      ```
      ```bash {rollback host=$SERVER}
      echo "switch back" >> trace
      ```
    - [ ] ![[Restart#Quick|Restart the app]]
    - [ ] Say so
      ```bash
      echo said >> trace
      ```

    """

  private static let backup = """
    ---
    tags: [runbook]
    host: $SERVER
    cwd: ../../app
    params: [SERVER=db1, KEEP=3, DB=app]
    secrets: [DB_PASSWORD]
    ---
    - [ ] Dump the database ^dump
      ```bash {capture=DUMP}
      echo "$DB-$KEEP.sql"; echo "dump $RUNBOOK_STEP $(basename "$RUNBOOK_NOTE")" >> trace
      ```
      ```bash {rollback}
      echo "remove $DUMP" >> trace
      ```
      ```bash {always}
      echo "log out" >> trace
      ```
    - [ ] Check the dump
      ```bash
      echo "checked with $DB_PASSWORD"; test ! -e bad-dump
      ```

    """

  private static let restart = """
    ## Quick
    - [x] Restart
      ```bash
      echo restart >> trace; test ! -e no-restart
      ```
      ```bash {rollback}
      echo "restart the old one" >> trace
      ```
    ## Slow
    - [ ] Reboot
      ```bash
      echo never >> trace
      ```

    """

  private static func runbook(_ notes: [String: String] = [:]) throws -> RunbookBinary {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    let all = ["Deploy": deploy, "Parts/Backup-DB": backup, "Parts/Restart": restart]
    for (name, text) in all.merging(notes, uniquingKeysWith: { $1 }) {
      try runbook.write("\(name).md", text)
    }
    return runbook
  }

  private static let secret = ["DB_PASSWORD": "swordfish"]

  // MARK: Whole runs

  @Test func sharedNotesRunInPlace() async throws {
    let runbook = try Self.runbook()
    let result = try await runbook.run("exec", "Deploy.md", environment: Self.secret)
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    try Golden.expect(
      try runbook.plain(result.stdout + result.stderr + "\n" + runbook.read("Deploy.md")),
      is: "Embed/succeeded.txt")
    #expect(
      try runbook.read("../app/trace")
        == """
        dump Dump the database Deploy.md
        switch, dump app-5.sql
        restart
        said
        log out

        """)
    #expect(try runbook.read("Parts/Backup-DB.md") == Self.backup)
    #expect(try runbook.read("Parts/Restart.md") == Self.restart)
    #expect(try await runbook.run("reset", "Deploy.md").status == 0)
    #expect(try runbook.read("Deploy.md") == Self.deploy)
    // Its parts can be run by themselves as well.
    let alone = try await runbook.run(
      "exec", "Parts/Backup-DB.md", "--set", "SERVER=localhost", environment: Self.secret)
    #expect(alone.status == 0, "\(alone.stderr)")
    #expect(
      try runbook.read("../app/trace").hasSuffix("dump Dump the database Backup-DB.md\nlog out\n"))
  }

  @Test(arguments: [
    (
      "no-restart", "failed",
      "restart\nrestart the old one\nswitch back\nremove app-5.sql\nlog out\n"
    ), ("bad-dump", "failed-early", "remove app-5.sql\nlog out\n"),
  ])
  func whatFailsInsideIsUndoneThroughout(
    _ obstacle: String, _ golden: String, _ trace: String
  ) async throws {
    let runbook = try Self.runbook()
    try runbook.write("../app/\(obstacle)", "")
    let result = try await runbook.run("exec", "Deploy.md", environment: Self.secret)
    #expect(result.status == 3, "\(result.stdout)\(result.stderr)")
    try Golden.expect(
      try runbook.plain(result.stdout + result.stderr + "\n" + runbook.read("Deploy.md")),
      is: "Embed/\(golden).txt")
    #expect(try runbook.read("../app/trace").hasSuffix(trace))
    let logs = try await runbook.run("logs")
    #expect(logs.stdout.contains("── 1.2 Backup-DB › Check the dump\n"))
    #expect(!logs.stdout.contains("swordfish"))
  }

  @Test func planAndCheckShowIt() async throws {
    let runbook = try Self.runbook()
    let plan = try await runbook.run("plan", "Deploy.md")
    #expect(plan.status == 0)
    try Golden.expect(try runbook.plain(plan.stdout + plan.stderr), is: "Embed/plan.txt")
    let json = try await runbook.run("plan", "Deploy.md", "--json")
    try Golden.expect(try runbook.plain(json.stdout), is: "Embed/plan.json")
    let only = try await runbook.run(
      "exec", "Deploy.md", "--only", "dump", "--skip", "Switch", environment: Self.secret)
    #expect(only.status == 0, "\(only.stderr)")
    #expect(try runbook.read("../app/trace") == "dump Dump the database Deploy.md\nlog out\n")
  }

  /// In each note that embeds it, and by itself: once.
  @Test func aMistakeInASharedNoteIsToldOnce() async throws {
    let runbook = try Self.runbook([
      "Parts/Backup-DB": Self.backup.replacing("{rollback}", with: "{rolback}"),
      "Other": Self.deploy,
    ])
    let all = try await runbook.run("check", ".")
    #expect(all.status == 2)
    #expect(all.stdout.components(separatedBy: "{rolback}").count == 2, "\(all.stdout)")
    #expect(all.stdout.contains("Parts/Backup-DB.md:12:12: error: unknown attribute “rolback”"))
    let one = try await runbook.run("exec", "Deploy.md", environment: Self.secret)
    #expect(one.status == 2)
    #expect(one.stderr.contains("Parts/Backup-DB.md:12:12: error"))
    #expect(one.stderr.hasSuffix("Nothing was run.\n"))
    #expect(!runbook.exists("../app/trace"))
  }

  @Test func aMissingProgramIsToldInItsNote() async throws {
    let runbook = try Self.runbook([
      "Parts/Restart": Self.restart.replacing(
        "```bash\n  echo restart", with: "```bash {interpreter=nosuch}\n  echo restart")
    ])
    let result = try await runbook.run("exec", "Deploy.md", environment: Self.secret)
    #expect(result.status == 2)
    #expect(
      result.stderr.contains(
        "Parts/Restart.md:3:3: error: nosuch is not on this machine\n  3 |   ```bash {interpreter=nosuch}\n"
      ), "\(result.stderr)")
  }

  // MARK: Read once

  private static let waiting = """
    - [ ] Begin
      ```bash
      echo begin >> trace; while [ ! -e go ]; do sleep 0.02; done
      ```
      ```bash {rollback}
      echo "begin back" >> trace
      ```
    - [ ] End
      ```bash
      echo end >> trace
      ```

    """

  private static let outer =
    "---\ncwd: ../app\n---\n- [ ] ![[Long]]\n- [ ] After\n  ```bash\n  echo after >> trace\n  ```\n"

  @Test func whatWasCheckedIsWhatRuns() async throws {
    let runbook = try Self.runbook(["Outer": Self.outer, "Long": Self.waiting])
    let run = try runbook.start("exec", "Outer.md")
    try #require(try await eventually { runbook.exists("../app/trace") })
    try runbook.write("Long.md", "- [ ] Something else\n")
    try runbook.write("../app/go", "")
    #expect(try await run.end() == 0)
    #expect(try runbook.read("../app/trace") == "begin\nend\nafter\n")
    let runs = try await runbook.run("runs")
    #expect(runs.stdout.contains("succeeded"))
    #expect(try await runbook.run("logs", "", "Long › End").status == 0)
  }

  /// Its runner killed within the embedded note: another goes on there, if the note is as it was.
  @Test func aKilledRunGoesOnInside() async throws {
    let runbook = try Self.runbook(["Outer": Self.outer, "Long": Self.waiting])
    let run = try runbook.start("exec", "Outer.md")
    try #require(try await eventually { runbook.exists("../app/trace") })
    run.signal(SIGKILL)
    _ = try await run.end()
    try runbook.write("Long.md", Self.waiting.replacing("echo end", with: "echo other"))
    let refused = try await runbook.run("resume")
    #expect(refused.status == 2)
    #expect(
      refused.stderr.contains(
        "  changed: 1.2 Long › End\n        run: bash -euo pipefail\n      - echo end >> trace\n      + echo other >> trace\n"
      ),
      "\(refused.stderr)")
    try FileManager.default.removeItem(at: runbook.folder.appendingPathComponent("Long.md"))
    let gone = try await runbook.run("resume")
    #expect(
      gone.stderr.contains(
        "  removed: 1.2 Long › End\n      - run: bash -euo pipefail\n      - echo end >> trace\n"))
    try runbook.write("Long.md", "Prose before it.\n\n" + Self.waiting)
    try runbook.write("../app/go", "")
    let resumed = try await runbook.run("resume")
    #expect(resumed.status == 0, "\(resumed.stdout)\(resumed.stderr)")
    #expect(try runbook.read("../app/trace") == "begin\nend\nafter\n")
    let note = try runbook.read("Outer.md")
    #expect(note.contains("- [x] ![[Long]] [took:: "))
    #expect(note.contains("> 1.1 Begin · "))
  }

  @Test func aKilledRunIsRolledBackInside() async throws {
    let failing = Self.waiting.replacing("echo end >> trace", with: "echo end >> trace; exit 3")
    let runbook = try Self.runbook(["Outer": Self.outer, "Long": failing])
    let run = try runbook.start("exec", "Outer.md")
    try #require(try await eventually { runbook.exists("../app/trace") })
    run.signal(SIGKILL)
    _ = try await run.end()
    try runbook.write("../app/go", "")
    #expect(try await runbook.run("resume").status == 3)
    #expect(try runbook.read("../app/trace") == "begin\nend\nbegin back\n")
    #expect(try runbook.read("Outer.md").contains("![[Long]] [result:: failed]"))
  }

  // MARK: A person

  private static let looking = [
    "Outer": outer.replacing("Long", with: "Look"), "Look": "- [ ] Look at it ^look\n",
  ]

  /// Neither the item's box nor that in the embedded note answers: both may be ticked for other reasons.
  @Test func noTickAnswers() async throws {
    let runbook = try Self.runbook(Self.looking)
    let paused = try await runbook.run("exec", "Outer.md")
    #expect(paused.status == 75)
    #expect(paused.stdout.contains("waiting at “Look › Look at it”"))
    #expect(
      try paused.stdout.contains(Regex(#"next    runbook resume [0-9a-f]{4} in a terminal"#)))
    let note = try runbook.read("Outer.md")
    #expect(note.contains("> 1.1 Look at it · waiting · "))
    try runbook.write("Outer.md", note.replacing("- [ ] ![[Look]]", with: "- [x] ![[Look]]"))
    try runbook.write("Look.md", "- [x] Look at it ^look\n")
    #expect(try await runbook.run("resume").status == 75)
    #expect(try runbook.read("Look.md") == "- [x] Look at it ^look\n")
    #expect(!runbook.exists("../app/trace"))
  }

  @Test(.enabled(if: Tmux.isThere, "tmux is not on this machine"))
  func resumeInATerminalAsks() async throws {
    let runbook = try Self.runbook(Self.looking)
    #expect(try await runbook.run("exec", "Outer.md").status == 75)
    let tmux = try await Tmux(runbook)
    tmux.type("runbook resume; echo \"status $?\"\n")
    let screen = try await tmux.wait(for: "[d]one")
    #expect(screen.contains("1.1 Look › Look at it"), "\(screen)")
    tmux.press("d")
    try await tmux.wait(for: "status 0")
    #expect(try runbook.read("../app/trace") == "after\n")
    #expect(try runbook.read("Outer.md").contains("> 1.1 Look at it · done · "))
  }

  @Test(.enabled(if: Tmux.isThere, "tmux is not on this machine"))
  func attachAnswersInTheBackground() async throws {
    let runbook = try Self.runbook(Self.looking)
    #expect(try await runbook.run("exec", "Outer.md", "--background").status == 0)
    try #require(
      try await eventually {
        (try? runbook.read("Outer.md"))?.contains("> next: `runbook attach ") == true
      })
    let tmux = try await Tmux(runbook)
    tmux.type("runbook attach; echo \"status $?\"\n")
    try await tmux.wait(for: "[d]one")
    tmux.press("n")
    try await tmux.wait(for: "status 1")
    #expect(!runbook.exists("../app/trace"))
    #expect(try runbook.read("Outer.md").contains("![[Look]] [result:: failed]"))
  }
}
