import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Nothing of a block on a host outlives its deadline there, whatever happens to the connection and to this side: 3 tries
/// of each way, 100 with `RUNBOOK_TORTURE=long`.
@Suite(.pacedFirst, .enabled(if: SSHServer.isThere, "there is no sshd"), .serialized)
struct HostTortureTests {
  private static let isLong = getenv("RUNBOOK_TORTURE").map { String(cString: $0) } == "long"
  private static let tries = isLong ? 100 : 3
  private static let timeout = isLong ? 1.5 : 5
  private static let grace = 0.3
  /// What the long form holds to the second, on a machine that has nothing else to do.
  private static let slack = isLong ? 1.0 : Patience.seconds

  enum Way: CaseIterable {
    case connected, connectionCut, everythingHereKilled, serverGone
  }

  @Test(arguments: Way.allCases) func nothingIsLeft(_ way: Way) async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    var done = 0
    while done < Self.tries {
      // A few at a time: they mostly sleep.
      let batch = done..<min(done + 5, Self.tries)
      for attempt in batch { try prepare(attempt, runbook, server) }
      try await run(batch, way, runbook, server)
      done = batch.upperBound
    }
    print("\(way): \(done) tries, nothing left")
  }

  private func prepare(_ attempt: Int, _ runbook: RunbookBinary, _ server: SSHServer) throws {
    try FileManager.default.createDirectory(
      at: server.home.appendingPathComponent("try-\(attempt)"), withIntermediateDirectories: true)
    try runbook.write(
      "Hang-\(attempt).md",
      """
      ---
      ssh_config: ssh_config
      ---
      - [ ] Hang
        ```bash {host=prod cwd=try-\(attempt) timeout=\(Self.timeout)s grace=\(Self.grace)s}
        trap '' TERM
        (setsid bash -c 'trap "" TERM; (setsid sleep 301 &); sleep 302; sleep 303' &)
        touch up
        while :; do sleep 304; done
        ```

      """)
  }

  private func run(
    _ batch: Range<Int>, _ way: Way, _ runbook: RunbookBinary, _ server: SSHServer
  ) async throws {
    let runs = try batch.map { try runbook.start("exec", "Hang-\($0).md") }
    var ups: [Int: SuspendingClock.Instant] = [:]
    #expect(
      try await eventually {
        for attempt in batch where ups[attempt] == nil {
          let file = server.home.appendingPathComponent("try-\(attempt)/up").path
          if FileManager.default.fileExists(atPath: file) { ups[attempt] = .now }
        }
        return ups.count == batch.count
      })
    switch way {
    case .connected: break
    case .connectionCut: server.cutConnections()
    case .everythingHereKilled:
      for run in runs { run.signal(SIGKILL) }
      for pid in HostLinkTests.supervisors(runbook) { kill(pid, SIGKILL) }
    case .serverGone: server.stop()
    }
    for attempt in batch {
      let up = try #require(ups[attempt])
      let end = up + .seconds(Self.timeout + Self.grace + Self.slack)
      let folder = server.home.appendingPathComponent("try-\(attempt)").path
      while !LivingProcesses.pids(in: folder).isEmpty, SuspendingClock.now < end {
        try await Task.sleep(for: .milliseconds(20))
      }
      try #require(
        LivingProcesses.pids(in: folder).isEmpty,
        "try \(attempt): \(SuspendingClock.now - up) after it was up")
    }
    if way == .serverGone { try await server.start() }
    for run in runs { _ = try await run.end() }
  }
}
