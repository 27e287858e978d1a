import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// A note whose last run can't be read: it may be in the middle of a step, and must lock nothing for ever.
@Suite(.paced) struct UnreadableRunTests {
  private static let note =
    "---\ncwd: ../app\n---\n- [ ] A\n  ```bash\n  echo a >> trace; [ -e go ] || sleep 100\n  ```\n"

  /// A runner was killed in the step, which goes on.
  private static func interrupted() async throws -> (RunbookBinary, journal: URL) {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("note.md", note)
    let started = try runbook.start("exec", "note.md")
    try #require(try await eventually { runbook.exists("../app/trace") })
    started.signal(SIGKILL)
    _ = try await started.end()
    let run = try #require(runbook.runs.first)
    return (runbook, run.appendingPathComponent("journal.jsonl"))
  }

  private static func damage(_ journal: URL, _ edit: (String) -> String) throws {
    let text = String(decoding: try Data(contentsOf: journal), as: UTF8.self)
    try Data(edit(text).utf8).write(to: journal)
  }

  @Test(arguments: [
    ("\"event\":\"block-started\"", "\"event\":\"bloc\u{fffd}"), ("\"v\":1", "\"v\":99"),
  ])
  func itsNoteIsLockedUntilItIsGivenUp(_ text: String, _ other: String) async throws {
    let (runbook, journal) = try await Self.interrupted()
    try Self.damage(journal) { $0.replacing(text, with: other) }
    let note = try runbook.bytes("note.md")
    let refused = try await runbook.run("exec", "note.md")
    #expect(refused.status == 69)
    #expect(refused.stderr.contains("whether the last run of note.md has ended is unknown"))
    #expect(refused.stderr.contains("--abandon"))
    #expect(try await runbook.run("resume").status == 2)
    #expect(try await runbook.run("runs").stdout.contains("unreadable"))
    #expect(try runbook.bytes("note.md") == note)
    #expect(!LivingProcesses.pids(in: runbook.app.path).isEmpty)

    let given = try await runbook.run("cancel", "--abandon")
    #expect(given.status == 0, "\(given.stderr)")
    #expect(given.stdout.contains(".unreadable"))
    #expect(LivingProcesses.pids(in: runbook.app.path).isEmpty)
    try runbook.write("../app/go", "")
    #expect(try await runbook.run("exec", "note.md").status == 0)
    #expect(try runbook.read("../app/trace") == "a\na\n")
    #expect(try await runbook.run("reset", "note.md").status == 0)
    #expect(try runbook.read("note.md") == Self.note)
  }

  /// A runner that reads it better than we do must not lose its steps.
  @Test func oneThatIsCarriedIsNotGivenUp() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("note.md", Self.note)
    let started = try runbook.start("exec", "note.md")
    try #require(try await eventually { runbook.exists("../app/trace") })
    let run = try #require(runbook.runs.first)
    let journal = run.appendingPathComponent("journal.jsonl")
    // In place, as the runner goes on writing behind it.
    let file = open(journal.path, O_WRONLY)
    #expect(pwrite(file, "?", 1, 0) == 1)
    // Not even which note it is of can be read, so nothing but its id names it.
    let refused = try await runbook.run("cancel", runbook.latest, "--abandon")
    #expect(refused.status == 69)
    #expect(refused.stderr.contains("process \(started.pid) carries the run"))
    #expect(!LivingProcesses.pids(in: runbook.app.path).isEmpty)
    #expect(pwrite(file, "{", 1, 0) == 1)
    close(file)
    started.signal(SIGINT)
    #expect(try await started.end() == 130)
  }

  /// Nothing was run: no gate opens before its event is on disk.
  @Test(arguments: ["", "{\"at\":\"20"]) func oneThatNeverBeganIsInNobodysWay(_ text: String)
    async throws
  {
    let (runbook, journal) = try await Self.interrupted()
    for pid in LivingProcesses.pids(in: runbook.app.path) { kill(pid, SIGKILL) }
    try Self.damage(journal) { _ in text }
    try runbook.write("../app/go", "")
    #expect(try await runbook.run("exec", "note.md").status == 0)
  }

  @Test func oneThatWasForgottenToo() async throws {
    let (runbook, journal) = try await Self.interrupted()
    for pid in LivingProcesses.pids(in: runbook.app.path) { kill(pid, SIGKILL) }
    try FileManager.default.removeItem(at: journal.deletingLastPathComponent())
    try runbook.write("../app/go", "")
    #expect(try await runbook.run("exec", "note.md").status == 0)
  }
}
