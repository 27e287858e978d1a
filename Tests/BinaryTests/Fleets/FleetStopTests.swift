import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Timeouts, interruptions and lost connections of a block that runs on a group of hosts.
@Suite(.pacedFirst, .enabled(if: ServerFleet.isThere, "there is no sshd, or no Ansible"))
struct FleetStopTests {
  /// Starts what hides, and what ignores TERM; then prints on.
  private static func stubborn(_ attributes: String) -> String {
    "---\n" + ServerFleet.head + """
      ---
      - [ ] Work
        ```bash {hosts=web grace=0.5s \(attributes)}
        echo once >> runs
        (trap '' TERM; setsid sh -c 'trap "" TERM; while :; do sleep 1; done' &) &
        trap '' TERM
        touch started
        for i in $(seq 300); do echo "line $i"; sleep 0.2; done
        ```
        ```bash {rollback hosts=web}
        touch undone
        ```

      """
  }

  /// Prints a line, and more of them until it has the file `enough`.
  private static let counting =
    "---\n" + ServerFleet.head + """
      ---
      - [ ] Count
        ```bash {hosts=web timeout=1h}
        echo once >> runs
        touch started
        i=0
        while i=$((i + 1)) && echo "$RUNBOOK_HOST line $i" && ! [ -e enough ]; do sleep 0.2; done
        ```

      """

  private static func end(_ fleet: ServerFleet) throws {
    for server in fleet.servers {
      try RunbookBinary.put([], server.home.appendingPathComponent("enough").path)
    }
  }

  /// Every line of every host, once and in order.
  private static func expectEveryLineOnce(
    _ runbook: RunbookBinary, _ fleet: ServerFleet
  ) async throws {
    let log = try await runbook.run("logs").stdout
    for server in fleet.servers {
      let lines = log.split(separator: "\n").filter { $0.hasPrefix("\(server.name) line") }
      #expect(
        !lines.isEmpty
          && lines.map(String.init) == (1...lines.count).map { "\(server.name) line \($0)" })
    }
  }

  @Test func aTimeoutEndsEverythingOnEveryHost() async throws {
    let runbook = try RunbookBinary()
    let fleet = try await ServerFleet(runbook)
    try runbook.write("Work.md", Self.stubborn("timeout=12s"))
    let result = try await runbook.run("exec", "Work.md")
    #expect(result.status == 3, "\(result.stdout)\(result.stderr)")
    // The connection's ticker sleeps for a second.
    #expect(try await eventually { fleet.living.isEmpty }, "\(fleet.living)")
    #expect(fleet.contents("started") == ["", "", ""])
    #expect(fleet.contents("undone") == ["", "", ""])
    #expect(
      result.stdout.contains("timed out on web1, web2, web3"), "\(result.stdout)")
    #expect(fleet.leftovers == [])
  }

  @Test func anInterruptionEndsItOnEveryHost() async throws {
    let runbook = try RunbookBinary()
    let fleet = try await ServerFleet(runbook)
    try runbook.write("Work.md", Self.stubborn("serial=2"))
    let exec = try runbook.start("exec", "Work.md")
    #expect(try await eventually { fleet.contents("started") == ["", "", nil] })
    exec.signal(SIGINT)
    #expect(try await exec.end() == 3, "\(exec.stdout)\(exec.stderr)")
    // The connection's ticker sleeps for a second.
    #expect(try await eventually { fleet.living.isEmpty }, "\(fleet.living)")
    #expect(fleet.contents("undone") == ["", "", nil])
    #expect(fleet.contents("runs") == ["once\n", "once\n", nil])
  }

  /// The second host is the one that nobody knows about: nothing is undone there, and everything elsewhere.
  @Test func aHostThatHangsIsNamedAndTheOthersAreUndone() async throws {
    let runbook = try RunbookBinary()
    let fleet = try await ServerFleet(runbook)
    try runbook.write("Work.md", Self.stubborn("timeout=15s"))
    let exec = try runbook.start("exec", "Work.md")
    #expect(try await eventually { fleet.contents("started") == ["", "", ""] })
    fleet.servers[1].freeze()
    #expect(try await exec.end() == 4, "\(exec.stdout)\(exec.stderr)")
    fleet.servers[1].resume()
    #expect(fleet.contents("undone") == ["", nil, ""])
    #expect(exec.stdout.contains("whether it still runs on web2 is unknown"), "\(exec.stdout)")
    let record = try runbook.read(try #require(runbook.record))
    #expect(record.contains(/\| web2 \| left out: [^|]* on web2 may still run \|/), "\(record)")
    // The host itself has kept the deadline.
    #expect(try await eventually { fleet.living.isEmpty })
  }

  @Test func aConnectionThatIsCutIsMadeAgain() async throws {
    let runbook = try RunbookBinary()
    let fleet = try await ServerFleet(runbook)
    try runbook.write("Count.md", Self.counting)
    let exec = try runbook.start("exec", "Count.md")
    #expect(try await eventually { fleet.contents("started") == ["", "", ""] })
    fleet.servers[0].cutConnections()
    // Once another is there.
    #expect(try await eventually { fleet.servers[0].connections > 0 })
    try Self.end(fleet)
    #expect(try await exec.end() == 0, "\(exec.stdout)\(exec.stderr)")
    #expect(fleet.contents("runs") == ["once\n", "once\n", "once\n"])
    try await Self.expectEveryLineOnce(runbook, fleet)
  }

  @Test func aRunThatLostEverythingHereIsTakenUp() async throws {
    let runbook = try RunbookBinary()
    let fleet = try await ServerFleet(runbook)
    try runbook.write("Count.md", Self.counting)
    let exec = try runbook.start("exec", "Count.md")
    #expect(try await eventually { fleet.contents("started") == ["", "", ""] })
    exec.signal(SIGKILL)
    for pid in Self.everythingHere(runbook) { kill(pid, SIGKILL) }
    _ = try await exec.end()
    try Self.end(fleet)
    let resume = try await runbook.run("resume")
    #expect(resume.status == 0, "\(resume.stdout)\(resume.stderr)")
    #expect(fleet.contents("runs") == ["once\n", "once\n", "once\n"])
    try await Self.expectEveryLineOnce(runbook, fleet)
    #expect(fleet.leftovers == [])
  }

  @Test func givingUpEndsItOnEveryHost() async throws {
    let runbook = try RunbookBinary()
    let fleet = try await ServerFleet(runbook)
    try runbook.write("Work.md", Self.stubborn("timeout=none"))
    let exec = try runbook.start("exec", "Work.md")
    #expect(try await eventually { fleet.contents("started") == ["", "", ""] })
    exec.signal(SIGKILL)
    _ = try await exec.end()
    let result = try await runbook.run("cancel", "--abandon")
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    #expect(try await eventually { fleet.living.isEmpty })
    #expect(fleet.contents("undone") == [nil, nil, nil])
  }

  @Test func itGoesOnInTheBackground() async throws {
    let runbook = try RunbookBinary()
    let fleet = try await ServerFleet(runbook)
    try runbook.write("Count.md", Self.counting)
    let exec = try await runbook.run("exec", "--background", "Count.md")
    #expect(exec.status == 0, "\(exec.stdout)\(exec.stderr)")
    #expect(try await eventually { fleet.contents("started") == ["", "", ""] })
    try Self.end(fleet)
    #expect(
      try await eventually {
        try runbook.read("Count.md").contains("- [x] Count [took::")
      })
    #expect(fleet.contents("runs") == ["once\n", "once\n", "once\n"])
  }

  /// More time reaches the supervisors on the hosts as well.
  @Test func moreTimeIsPassedOn() async throws {
    let runbook = try RunbookBinary()
    let fleet = try await ServerFleet(runbook)
    try runbook.write(
      "Slow.md",
      "---\n" + ServerFleet.head + """
        ---
        - [ ] Work
          ```bash {hosts=web timeout=4s on-timeout=extend grace=0s}
          sleep 9; echo done
          ```

        """)
    let result = try await runbook.run("exec", "Slow.md")
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    _ = fleet
  }

  /// `runbook-step`, followers and Ansible of this test.
  private static func everythingHere(_ runbook: RunbookBinary) -> [Int32] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return all.compactMap { Int32($0) }.filter { pid in
      guard let line = try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(pid)/cmdline")) else {
        return false
      }
      let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      return words.contains { $0.hasPrefix(runbook.stateFolder.path) }
    }
  }
}
