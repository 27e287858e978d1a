import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// A block on a host that is over its time goes with all that it started.
@Suite(.paced, .enabled(if: SSHServer.isThere, "there is no sshd"))
struct HostStopTests {
  private static let note = """
    ---
    ssh_config: ssh_config
    ---
    - [ ] Hang
      ```bash {host=prod timeout=1s grace=300ms}
      trap '' TERM
      sleep 301 &
      setsid sleep 302 &
      (setsid bash -c 'trap "" TERM; (setsid sleep 303 &); sleep 304; sleep 305' &)
      (env -i PATH="$PATH" setsid sleep 306 &)
      echo started
      while :; do sleep 307; done
      ```
      ```bash {rollback host=prod}
      touch undone
      ```

    """

  /// What the connection itself started goes a moment later.
  private static func isEmpty(_ server: SSHServer) async throws -> Bool {
    try await eventually { LivingProcesses.pids(in: server.home.path).isEmpty }
  }

  @Test(arguments: HostRunTests.shells) func theWholeTreeGoes(_ shell: [String]) async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook, shell: shell)
    try runbook.write("Hang.md", Self.note)
    let result = try await runbook.run("exec", "Hang.md")
    #expect(result.status == 3, "\(result.stdout)\(result.stderr)")
    #expect(try await Self.isEmpty(server))
    #expect(FileManager.default.fileExists(atPath: server.home.path + "/undone"))
    #expect(result.stdout.contains("timed out"))
  }

  @Test func ctrlCEndsItThere() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    try runbook.write("Hang.md", Self.note.replacing("timeout=1s", with: "timeout=1h"))
    let exec = try runbook.start("exec", "Hang.md")
    #expect(try await eventually { LivingProcesses.pids(in: server.home.path).count > 6 })
    exec.signal(SIGINT)
    #expect(try await exec.end() == 3, "\(exec.stdout)\(exec.stderr)")
    #expect(try await Self.isEmpty(server))
    #expect(FileManager.default.fileExists(atPath: server.home.path + "/undone"))
  }

  /// The second Ctrl-C stops at once, and is known to have.
  @Test func aSecondCtrlCDoesNotWaitForTheGrace() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    try runbook.write(
      "Hang.md",
      Self.note.replacing("timeout=1s grace=300ms", with: "timeout=1h grace=1h"))
    let exec = try runbook.start("exec", "Hang.md")
    #expect(try await eventually { LivingProcesses.pids(in: server.home.path).count > 6 })
    exec.signal(SIGINT)
    #expect(try await eventually { exec.stdout.contains("stopping it") })
    exec.signal(SIGINT)
    #expect(try await exec.end() == 130, "\(exec.stdout)\(exec.stderr)")
    #expect(try await Self.isEmpty(server))
    #expect(!FileManager.default.fileExists(atPath: server.home.path + "/undone"))
  }

  /// Its supervisor there is killed: what is left of it is ended before anything else, and its end is unknown.
  @Test func aSupervisorThatIsKilledThere() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    try runbook.write("Hang.md", Self.note.replacing("timeout=1s", with: "timeout=1h"))
    let exec = try runbook.start("exec", "Hang.md")
    let process = server.home.appendingPathComponent(".local/state/runbook/hosts")
    var found: String?
    try #require(
      try await eventually {
        found = FileManager.default.subpaths(atPath: process.path)?.first {
          $0.hasSuffix("/process")
        }
        return found != nil && LivingProcesses.pids(in: server.home.path).count > 6
      })
    let attempt = try #require(found)
    let words = try String(
      contentsOf: process.appendingPathComponent(attempt), encoding: .utf8
    ).split(separator: " ")
    kill(try #require(Int32(words[0])), SIGKILL)
    #expect(try await exec.end() == 75, "\(exec.stdout)\(exec.stderr)")
    #expect(exec.stdout.contains("how it ended is unknown"), "\(exec.stdout)")
    // All but what dropped its environment and was handed to the first process of all.
    #expect(
      try await eventually { LivingProcesses.pids(in: server.home.path).count <= 1 })
  }

  /// Whoever gives a run up means what runs of it elsewhere, too.
  @Test func aRunThatIsGivenUpEndsThereToo() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    try runbook.write("Hang.md", Self.note.replacing("timeout=1s", with: "timeout=1h"))
    let exec = try runbook.start("exec", "Hang.md")
    #expect(try await eventually { LivingProcesses.pids(in: server.home.path).count > 6 })
    exec.signal(SIGKILL)
    for pid in HostLinkTests.supervisors(runbook) { kill(pid, SIGKILL) }
    _ = try await exec.end()
    let cancel = try await runbook.run("cancel", "--abandon")
    #expect(cancel.status == 0, "\(cancel.stderr)")
    #expect(try await Self.isEmpty(server))
    #expect(!FileManager.default.fileExists(atPath: server.home.path + "/undone"))
  }

  /// A log over its limit ends the block there as here.
  @Test func aLogOverTheLimitEndsIt() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    try runbook.write(
      "Log.md",
      "---\nssh_config: ssh_config\nlog_limit: 1MiB\n---\n- [ ] Print\n"
        + "  ```bash {host=prod timeout=1h grace=1s}\n  while :; do echo 0123456789; done\n  ```\n"
    )
    let result = try await runbook.run("exec", "Log.md")
    #expect(result.status == 1, "\(result.stdout)\(result.stderr)")
    #expect(result.stdout.contains("log"), "\(result.stdout)")
    #expect(try await Self.isEmpty(server))
  }
}
