import Foundation
import TestSupport
import Testing

/// What would end a program that doesn't ask for it: limits, timers, other people's signals.
@Suite(.paced) struct ExecLimitTests {
  private static func runbook(_ note: String) throws -> RunbookBinary {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Deploy.md", note)
    return runbook
  }

  /// All whose default is to end the program, but those that a run answers and those that tell of its own faults.
  private static let signals: [Int32] = {
    var named = [SIGPIPE, SIGXFSZ, SIGXCPU, SIGALRM, SIGVTALRM, SIGPROF, SIGUSR1, SIGUSR2]
    #if os(Linux)
      named += [SIGIO, SIGPWR, SIGSTKFLT] + Array(34...64)
    #endif
    return named
  }()

  @Test func noStraySignalEndsTheRunnerOrTheSupervisor() async throws {
    let runbook = try Self.runbook(
      """
      ---
      cwd: ../app
      ---
      - [ ] Wait
        ```bash
        grep ^SigIgn /proc/self/status > ignored
        touch began; while [ ! -e go ]; do sleep 0.02; done
        ```

      """)
    let run = try runbook.start("exec", "Deploy.md")
    try #require(try await eventually { runbook.exists("../app/began") })
    let supervisors = ProcessTable.text.split(separator: "\n").compactMap { line -> Int32? in
      let fields = line.split(separator: " ")
      return fields.count > 1 && fields[1] == "\(run.pid)" ? Int32(fields[0]) : nil
    }
    #expect(supervisors.count == 1)
    for signal in Self.signals {
      for pid in [run.pid] + supervisors { #expect(kill(pid, signal) == 0) }
    }
    try runbook.write("../app/go", "")
    #expect(try await run.end() == 0)
    #expect(try runbook.read("../app/ignored") == "SigIgn:\t0000000000000000\n")
  }

  @Test func aLimitOnFilesIsAnErrorAndNoDeath() async throws {
    let runbook = try Self.runbook(
      "---\ncwd: ../app\n---\n- [ ] Touch\n  ```bash\n  touch done\n  ```\n")
    let limited = try await ShellCommand.run(
      runbook, "ulimit -c 0; ulimit -f 2; runbook exec Deploy.md")
    #expect(limited.status == 74, "\(limited.output)")
    #expect(limited.output.contains("File too large"))
    #expect(!runbook.exists("../app/done"))
    let resumed = try await runbook.run("resume")
    #expect(
      resumed.status == 2
        && resumed.stderr.contains(" failed, and what was undone then is not in it"))
    // What it says then works.
    let fix = try #require(resumed.stderr.firstMatch(of: /runbook cancel (\S+) --abandon/)?.1)
    #expect(try await runbook.run("cancel", String(fix), "--abandon").status == 0)
    #expect(try await runbook.run("exec", "Deploy.md").status == 0)
    #expect(runbook.exists("../app/done"))
  }

  /// Something that it started may hold its output for as long as it likes.
  @Test func notifyIsOverWithItsShell() async throws {
    let runbook = try Self.runbook(
      """
      ---
      cwd: ../app
      notify: sh -c 'until [ -e ../app/go ]; do sleep 0.02; done; touch ../app/late' & touch ../app/told
      ---
      - [ ] Nothing
        ```bash
        true
        ```

      """)
    let result = try await runbook.run("exec", "Deploy.md")
    #expect(result.status == 0 && !result.stderr.contains("notify"))
    #expect(runbook.exists("../app/told") && !runbook.exists("../app/late"))
    try runbook.write("../app/go", "")
    #expect(try await eventually { runbook.exists("../app/late") })
  }

  @Test func notifyGetsSignalsAsTheyAre() async throws {
    let runbook = try Self.runbook(
      """
      ---
      cwd: ../app
      notify: grep ^SigIgn /proc/self/status > ../app/ignored
      ---
      - [ ] Nothing
        ```bash
        true
        ```

      """)
    #expect(try await runbook.run("exec", "Deploy.md").status == 0)
    // Two signals are the C library's own, and ignored in what it starts.
    let ignored = try runbook.read("../app/ignored").split(whereSeparator: \.isWhitespace).last
    #expect(ignored.flatMap { UInt64($0, radix: 16) }.map { $0 & ~0x1_8000_0000 } == 0)
  }
}
