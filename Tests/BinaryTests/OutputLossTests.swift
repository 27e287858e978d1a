import Foundation
import TestSupport
import Testing

/// Output that nobody takes: a full disk, a pipe that was closed.
@Suite(.paced) struct OutputLossTests {
  private static func vault() async throws -> RunbookBinary {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write(
      "note.md",
      "---\ncwd: ../app\n---\n- [ ] One\n  ```bash\n  echo one\n  ```\n  ```bash {rollback}\n  true\n  ```\n"
    )
    _ = try await runbook.run("exec", "note.md")
    return runbook
  }

  private static func bash(
    _ runbook: RunbookBinary, _ script: String
  ) async throws -> RunbookBinary.Result {
    try await StartedProgram.run(
      ["bash", "-c", script],
      environment: runbook.environment.merging(["RUNBOOK": runbook.program]) { $1 },
      folder: runbook.folder.path)
  }

  private static let commands = [
    "plan note.md", "plan note.md --json", "check note.md", "check note.md --json", "runs",
    "runs --json", "stats", "stats --json", "logs", "logs --raw", "exec note.md --dry-run",
    "new --list", "--help", "rollback --dry-run", "attach",
  ]

  @Test(arguments: commands) func aFullDiskIsToldOf(_ command: String) async throws {
    let runbook = try await Self.vault()
    let result = try await Self.bash(runbook, "\"$RUNBOOK\" \(command) > /dev/full")
    #expect(result.status == 74, "\(result.stderr)")
    #expect(result.stderr.hasSuffix("error: not all could be printed: No space left on device\n"))
  }

  /// Who closes a pipe has seen enough: nothing is said, but it is not success. With the signal ignored too, as
  /// services have it.
  @Test(arguments: commands, [false, true])
  func aClosedPipeIsNoSuccess(_ command: String, _ isIgnored: Bool) async throws {
    let runbook = try await Self.vault()
    let result = try await Self.bash(
      runbook,
      (isIgnored ? "trap '' PIPE; " : "")
        + "exec 3> >(:); wait $!; \"$RUNBOOK\" \(command) >&3")
    #expect(result.status == 141, "\(result.stderr)")
    #expect(result.stderr == "")
  }

  /// What a run did is its status, and stands in the note.
  @Test(arguments: ["> /dev/full", ">&3", "--json > /dev/full"])
  func aRunIsNotHarmed(_ output: String) async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    let steps = (1...3).map { "- [ ] Step \($0)\n  ```bash\n  echo \($0)\n  ```\n" }.joined()
    try runbook.write("note.md", "---\ncwd: ../app\n---\n" + steps)
    let result = try await Self.bash(
      runbook, "exec 3> >(:); wait $!; \"$RUNBOOK\" exec note.md \(output)")
    #expect(result.status == 0, "\(result.stderr)")
    #expect(try runbook.read("note.md").contains("- [x] Step 3"))
    #expect(try await runbook.run("runs").stdout.contains("succeeded"))
  }
}
