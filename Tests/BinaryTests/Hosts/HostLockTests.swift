import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// `lock_host` keeps two people with two laptops from deploying at once.
@Suite(.paced, .enabled(if: SSHServer.isThere, "there is no sshd"))
struct HostLockTests {
  private let lock = "test-\(UUID().uuidString.prefix(8))"

  private var note: String {
    """
    ---
    ssh_config: ssh_config
    lock: \(lock)
    lock_host: prod
    ---
    - [ ] Hold
      ```bash {timeout=1h}
      touch holding
      while [ ! -e enough ]; do sleep 0.05; done
      ```

    """
  }

  /// Each has a home and a state folder of its own, as on another machine; the server is one.
  @Test func theSecondIsRefusedUntilTheFirstIsGone() async throws {
    let ana = try RunbookBinary()
    let ben = try RunbookBinary()
    let server = try await SSHServer(ana)
    try ana.write("Deploy.md", note)
    try ben.write("Deploy.md", note)
    try ben.write("ssh_config", try ana.read("ssh_config"))
    let first = try ana.start("exec", "Deploy.md")
    #expect(try await eventually { ana.exists("holding") })
    let second = try await ben.run("exec", "Deploy.md")
    #expect(second.status == 69, "\(second.stdout)\(second.stderr)")
    let run = try #require(ana.runs.first).lastPathComponent
    #expect(
      second.stderr.contains(
        try Regex(
          "the lock on prod is held by \(NSUserName()) on \\S+ since \\S+ \\S+, run \(run)\n")),
      "\(second.stderr)")
    #expect(!ben.exists("holding") && ben.runs.isEmpty)
    // It falls with the connection, also where the runner is killed.
    first.signal(SIGKILL)
    _ = try await first.end()
    try ben.write("enough", "")
    var status = 69
    let end = SuspendingClock.now + .seconds(Patience.seconds)
    while status == 69, SuspendingClock.now < end {
      status = try await ben.run("exec", "Deploy.md").status
    }
    #expect(status == 0)
    try ana.write("enough", "")
    _ = server
  }

  /// The runner that takes a run over has the lock after the one before.
  @Test func aRunInTheBackgroundKeepsIt() async throws {
    let ana = try RunbookBinary()
    let ben = try RunbookBinary()
    let server = try await SSHServer(ana)
    try ana.write("Deploy.md", note)
    try ben.write("Deploy.md", note)
    try ben.write("ssh_config", try ana.read("ssh_config"))
    #expect(try await ana.run("exec", "Deploy.md", "--background").status == 0)
    #expect(try await eventually { ana.exists("holding") })
    #expect(try await ben.run("exec", "Deploy.md").status == 69)
    try ana.write("enough", "")
    #expect(try await ana.run("attach").status == 0)
    try ben.write("enough", "")
    var status = 69
    let end = SuspendingClock.now + .seconds(Patience.seconds)
    while status == 69, SuspendingClock.now < end {
      status = try await ben.run("exec", "Deploy.md").status
    }
    #expect(status == 0)
    _ = server
  }

  /// Nothing goes forward that somebody else may be working on.
  @Test func aLockThatFellMeanwhileIsTakenAgainOrTheStepFails() async throws {
    let ana = try RunbookBinary()
    let ben = try RunbookBinary()
    let server = try await SSHServer(ana)
    let more = "- [ ] Next\n  ```bash\n  touch next\n  ```\n"
    try ana.write("Deploy.md", note + more)
    try ben.write("Deploy.md", note)
    try ben.write("ssh_config", try ana.read("ssh_config"))
    let first = try ana.start("exec", "Deploy.md")
    #expect(try await eventually { ana.exists("holding") })
    server.cutConnections()
    #expect(try await eventually { server.connections == 0 })
    let second = try ben.start("exec", "Deploy.md")
    #expect(try await eventually { ben.exists("holding") })
    try ana.write("enough", "")
    #expect(try await first.end() == 1, "\(first.stdout)")
    #expect(first.stdout.contains("the lock on prod is held by"), "\(first.stdout)")
    #expect(!ana.exists("next"))
    try ben.write("enough", "")
    #expect(try await second.end() == 0)
  }
}
