import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// A block on a host needs no connection: one that is cut, or hangs, changes nothing about it.
@Suite(.paced, .enabled(if: SSHServer.isThere, "there is no sshd"))
struct HostLinkTests {
  /// Prints until it has the file `enough`.
  private static func counting(timeout: String = "120s") -> String {
    """
    ---
    ssh_config: ssh_config
    ---
    - [ ] Count
      ```bash {host=prod timeout=\(timeout) grace=1s}
      echo once >> runs
      i=0
      until [ -e enough ]; do i=$((i + 1)); echo "line $i"; sleep 0.2; done
      ```
      ```bash {rollback host=prod}
      touch undone
      ```

    """
  }

  @Test func aConnectionThatIsCutIsMadeAgain() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    try runbook.write("Count.md", Self.counting())
    let exec = try runbook.start("exec", "Count.md")
    for line in [3, 9, 15] {
      try await Self.wait(runbook, for: "line \(line)")
      server.cutConnections()
    }
    try await Self.wait(runbook, for: "line 20")
    try Self.end(server)
    #expect(try await exec.end() == 0, "\(exec.stdout)\(exec.stderr)")
    try Self.expectEveryLineOnce(runbook)
    #expect(try Self.read(server, "runs") == "once\n")
    let note = try runbook.read("Count.md")
    #expect(
      note.contains(
        /> note: there was no connection to prod from \S+ to \S+; what ran there went on/))
    #expect(exec.stdout.contains("! 1 Count  the connection to prod was cut; it runs on there"))
    #expect(exec.stdout.contains("! 1 Count  connected to prod again"))
  }

  /// Nobody knows what became of it, so nothing on that host is undone beside it.
  @Test func aHostThatHangsEndsTheRunInTime() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    try runbook.write("Count.md", Self.counting(timeout: "8s"))
    let exec = try runbook.start("exec", "Count.md")
    try await Self.wait(runbook, for: "line 2")
    server.freeze()
    #expect(try await exec.end() == 4, "\(exec.stdout)\(exec.stderr)")
    server.resume()
    #expect(exec.stdout.contains("whether it still runs on prod is unknown"), "\(exec.stdout)")
    #expect(exec.stdout.contains("maybe still running: process"))
    #expect(!FileManager.default.fileExists(atPath: server.home.path + "/undone"))
    // The host itself has kept the deadline.
    #expect(try await eventually { LivingProcesses.pids(in: server.home.path).isEmpty })
  }

  @Test func aHostThatDoesNotAnswerIsRefusedByTheConnectTimeout() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    try runbook.write("Count.md", Self.counting())
    server.freeze()
    let result = try await runbook.run("exec", "Count.md")
    #expect(result.status == 2)
    #expect(result.stderr.contains("prod did not answer within 10 s"), "\(result.stderr)")
    #expect(!FileManager.default.fileExists(atPath: server.home.path + "/runs"))
  }

  @Test func theHostKeepsTheDeadlineAlone() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    try runbook.write("Count.md", Self.counting(timeout: "8s"))
    let exec = try runbook.start("exec", "Count.md")
    try await Self.wait(runbook, for: "line 2")
    server.stop()
    exec.signal(SIGKILL)
    for pid in Self.supervisors(runbook) { kill(pid, SIGKILL) }
    _ = try await exec.end()
    #expect(
      try await eventually { LivingProcesses.pids(in: server.home.path).isEmpty })
    // Its end is kept there for whoever asks.
    try await server.start()
    let resume = try await runbook.run("resume")
    #expect(resume.status == 3, "\(resume.stdout)\(resume.stderr)")
    #expect(resume.stdout.contains("timed out at “Count” · rolled back"))
    #expect(FileManager.default.fileExists(atPath: server.home.path + "/undone"))
    #expect(try Self.read(server, "runs") == "once\n")
  }

  /// Runner, supervisor and follower are killed; the block runs on, and once.
  @Test func aRunThatLostEverythingHereIsTakenUp() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    try runbook.write("Count.md", Self.counting())
    let exec = try runbook.start("exec", "Count.md")
    try await Self.wait(runbook, for: "line 3")
    exec.signal(SIGKILL)
    for pid in Self.supervisors(runbook) { kill(pid, SIGKILL) }
    _ = try await exec.end()
    let second = try await runbook.run("exec", "Count.md")
    #expect(second.status == 69, "\(second.stdout)\(second.stderr)")
    try Self.end(server)
    let resume = try await runbook.run("resume")
    #expect(resume.status == 0, "\(resume.stdout)\(resume.stderr)")
    #expect(try Self.read(server, "runs") == "once\n")
    try Self.expectEveryLineOnce(runbook)
    #expect(try runbook.read("Count.md").contains("> note: the runner was gone from"))
    #expect(server.leftovers == [])
  }

  /// What is known of the connection is told once, whoever carries the run.
  @Test func aGapIsToldOnce() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    try runbook.write("Count.md", Self.counting())
    let exec = try runbook.start("exec", "Count.md")
    try await Self.wait(runbook, for: "line 3")
    server.cutConnections()
    #expect(try await eventually { exec.stdout.contains("connected to prod again") })
    exec.signal(SIGKILL)
    _ = try await exec.end()
    try Self.end(server)
    #expect(try await runbook.run("resume").status == 0)
    let gaps = try runbook.read("Count.md").split(separator: "\n")
      .filter { $0.contains("there was no connection") }
    #expect(gaps.count == 1, "\(gaps)")
  }

  // MARK: Looking

  private static func end(_ server: SSHServer) throws {
    try RunbookBinary.put([], server.home.appendingPathComponent("enough").path)
  }

  private static func expectEveryLineOnce(_ runbook: RunbookBinary) throws {
    let lines = try log(runbook).split(separator: "\n").map(String.init)
    #expect(lines.count > 2 && lines == (1...lines.count).map { "line \($0)" })
  }

  private static func wait(_ runbook: RunbookBinary, for line: String) async throws {
    let found = try await eventually {
      (try? log(runbook))?.split(separator: "\n").contains { $0 == line } == true
    }
    try #require(found, "“\(line)” is never printed")
  }

  /// The log of the last step of the only run.
  private static func log(_ runbook: RunbookBinary) throws -> String {
    guard let steps = runbook.runs.first?.appendingPathComponent("steps") else { return "" }
    let names = try FileManager.default.contentsOfDirectory(atPath: steps.path).sorted()
    // A follower that took over has the log in a folder of its own.
    guard let last = names.last else { return "" }
    return try String(contentsOf: steps.appendingPathComponent("\(last)/log"), encoding: .utf8)
  }

  private static func read(_ server: SSHServer, _ name: String) throws -> String {
    try String(contentsOf: server.home.appendingPathComponent(name), encoding: .utf8)
  }

  /// `runbook-step` and the followers of this test.
  static func supervisors(_ runbook: RunbookBinary) -> [Int32] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return all.compactMap { Int32($0) }.filter { pid in
      guard let line = try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(pid)/cmdline")) else {
        return false
      }
      let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      return words.contains { $0.hasPrefix(runbook.stateFolder.path) }
        && words.first.map { $0.hasSuffix("runbook-step") || $0.hasSuffix("runbook") } == true
    }
  }
}
