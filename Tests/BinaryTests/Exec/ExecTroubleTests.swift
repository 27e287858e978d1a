import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Folders that can't be written, a full disk, two runs at once.
@Suite(.paced) struct ExecTroubleTests {
  private static let note = """
    ---
    cwd: ../app
    ---
    - [ ] A
      ```bash
      echo a >> trace
      ```

    """

  private static func runbook() throws -> RunbookBinary {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("note.md", note)
    return runbook
  }

  @Test func withoutAStateFolderNothingRuns() async throws {
    let runbook = try Self.runbook()
    try runbook.write("../file", "")
    let state = runbook.scratch.appendingPathComponent("file").path
    let result = try await runbook.run("exec", "note.md", environment: ["XDG_STATE_HOME": state])
    #expect(result.status == 74)
    #expect(!runbook.exists("../app/trace") && !runbook.exists("Runs"))
    #expect(try runbook.read("note.md") == Self.note)
    try Golden.expect(runbook.plain(result.stderr), is: "Exec/no-state.err")
  }

  @Test func twoRunsOfANoteDontMeet() async throws {
    let runbook = try Self.runbook()
    try runbook.write(
      "note.md",
      "---\ncwd: ../app\n---\n- [ ] A\n  ```bash\n  touch began; while [ ! -e go ]; do sleep 0.02; done\n  ```\n"
    )
    let first = try runbook.start("exec", "note.md")
    try #require(try await eventually { runbook.exists("../app/began") })
    try FileManager.default.createSymbolicLink(
      at: runbook.folder.appendingPathComponent("other.md"),
      withDestinationURL: runbook.folder.appendingPathComponent("note.md"))
    for name in ["note.md", "other.md"] {
      let second = try await runbook.run("exec", name)
      #expect(second.status == 69)
      #expect(second.stdout == "")
      #expect(second.stderr.contains("\(name) is being run by run "))
      #expect(second.stderr.contains("process \(first.pid)"))
    }
    try runbook.write("../app/go", "")
    #expect(try await first.end() == 0)
    #expect(runbook.runs.count == 1)
  }

  @Test(.enabled(if: MachineRights.canMakeImmutable, "no chattr +i here"))
  func aNoteThatCantBeWrittenStopsNothing()
    async throws
  {
    let runbook = try Self.runbook()
    let path = runbook.folder.appendingPathComponent("note.md").path
    try #require(Self.call("chattr", "+i", path) == 0)
    defer { _ = Self.call("chattr", "-i", path) }
    let result = try await runbook.run("exec", "note.md")
    #expect(result.status == 0)
    #expect(try runbook.read("note.md") == Self.note)
    let record = try runbook.read(try #require(runbook.record))
    #expect(record.contains("| 1 | A | succeeded |"))
    try Golden.expect(runbook.plain(result.stdout), is: "Exec/read-only-note.out")
  }

  /// Neither in the note nor in a record: the deploy is done, and its status says that nobody will find it.
  @Test(
    .enabled(if: MachineRights.canMakeImmutable, "no chattr +i here"), arguments: [false, true])
  func aRunThatIsToldNowhereIsNoSuccess(_ isJSON: Bool) async throws {
    let runbook = try Self.runbook()
    let paths = [runbook.folder.appendingPathComponent("note.md").path, runbook.folder.path]
    defer { for path in paths { _ = Self.call("chattr", "-i", path) } }
    for path in paths { try #require(Self.call("chattr", "+i", path) == 0) }
    let result = try await runbook.run(["exec", "note.md"] + (isJSON ? ["--json"] : []))
    #expect(result.status == 74, "\(result.stdout)\(result.stderr)")
    #expect(try runbook.read("note.md") == Self.note)
    let told = isJSON ? result.stderr : result.stdout
    #expect(told.contains("can't write the record: "), "\(told)")
    #expect(told.contains("can't write into the note: "), "\(told)")
  }

  @Test func aFileInThePlaceOfRunsStopsNothing() async throws {
    let runbook = try Self.runbook()
    try runbook.write("Runs", "mine")
    let result = try await runbook.run("exec", "note.md")
    #expect(result.status == 0)
    #expect(try runbook.read("Runs") == "mine")
    #expect(try runbook.read("note.md").contains("- [x] A"))
    try Golden.expect(runbook.plain(result.stdout), is: "Exec/runs-is-a-file.out")
  }

  /// No new forward step starts; what was done is undone, unrecorded, and the run says so.
  @Test(.enabled(if: MachineRights.canMount, "no file system may be mounted here"))
  func onAFullDiskOnlyTheWayBackRuns() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write(
      "note.md",
      "---\ncwd: ../app\n---\n- [ ] A\n  ```bash\n  echo a >> trace\n  ```\n  ```bash {rollback}\n  echo back >> trace\n  ```\n"
        + "- [ ] B\n  ```bash\n  dd if=/dev/zero of=\"$XDG_STATE_HOME/fill\" bs=4k 2>/dev/null || true; echo b >> trace\n  ```\n"
        + (0..<40).map { "- [ ] C\($0)\n  ```bash\n  echo c\($0) >> trace\n  ```\n" }.joined())
    let state = runbook.stateFolder.path
    try #require(Self.call("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", state) == 0)
    defer { _ = Self.call("umount", "-l", state) }
    let result = try await runbook.run("exec", "note.md")
    #expect(result.status == 74 || result.status == 3, "\(result.stdout)\(result.stderr)")
    let trace = try runbook.read("../app/trace").split(separator: "\n")
    #expect(trace.prefix(2) == ["a", "b"] && trace.last == "back", "\(trace)")
    #expect(trace.count < 43)
    #expect(result.stdout.contains("No space left on device"))
    #expect(try runbook.read("note.md").contains("- [ ] A [result:: rolled back]"))
  }

  /// What its block left running is dead before anything else happens; what the block did is not guessed.
  @Test func aSupervisorThatIsKilledLeavesNothing() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write(
      "note.md",
      "---\ncwd: ../app\n---\n- [ ] A\n  ```bash\n  while :; do sleep 0.02; done &\n"
        + "  echo $PPID > new; mv new supervisor; wait\n  ```\n"
        + "  ```bash {rollback}\n  echo back\n  ```\n")
    let run = try runbook.start("exec", "note.md")
    try #require(try await eventually { runbook.exists("../app/supervisor") })
    let words = try runbook.read("../app/supervisor").split(separator: "\n")
    kill(try #require(words.first.flatMap { Int32($0) }), SIGKILL)
    #expect(try await run.end() == 75)
    #expect(LivingProcesses.pids(in: runbook.scratch.appendingPathComponent("app").path) == [])
    #expect(run.stdout.contains("how it ended is unknown"), "\(run.stdout)")
  }

  private static func call(_ words: String...) -> Int32 {
    let pid = spawn(["/usr/bin/env"] + words)
    var status: Int32 = -1
    waitpid(pid, &status, 0)
    return status
  }
}
