import Foundation
import TestSupport
import Testing

/// Each menu as people see it, and what its answers lead to, in a real terminal.
@Suite(.paced, .enabled(if: Tmux.isThere, "tmux is not on this machine"))
struct ExecMenuTests {
  private static func start(
    _ steps: String, _ options: String = "", columns: Int = 80
  ) async throws -> (RunbookBinary, Tmux) {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Deploy.md", "---\ncwd: ../app\n---\n# Deploy\n\n" + steps)
    let tmux = try await Tmux(runbook, columns: columns)
    tmux.type("clear; runbook exec Deploy.md \(options); echo \"status $?\"\n")
    return (runbook, tmux)
  }

  private static func expect(
    _ tmux: Tmux, _ runbook: RunbookBinary, is name: String
  ) async throws {
    try await tmux.expect("Terminal/menu-\(name).screen") {
      try ExecTerminalTests.picture($0, runbook)
    }
  }

  private static let first =
    "- [ ] Put up a maintenance page\n  ```bash\n  true\n  ```\n"
    + "  ```bash {rollback}\n  echo back >> trace\n  ```\n"
  private static let last = "- [ ] Publish\n  ```bash\n  echo published >> trace\n  ```\n"

  private static let failing =
    first
    + "- [ ] Migrate\n  ```bash {capture=VERSION}\n"
    + "  for i in 1 2 3 4 5 6 7; do echo \"table $i\" >&2; done\n"
    + "  echo 'lock timeout on orders' >&2\n  exit 7\n  ```\n"
    + "  ```bash\n  echo \"then, with [$VERSION]\" >> trace\n  ```\n" + last

  @Test(arguments: [80, 40]) func aFailure(_ columns: Int) async throws {
    let (runbook, tmux) = try await Self.start(Self.failing, columns: columns)
    try await Self.expect(tmux, runbook, is: "failure-\(columns)")
    tmux.press("q")
    try await tmux.wait(for: "status 1")
  }

  @Test func theWholeLogAndTheBlockCanBeRead() async throws {
    let (runbook, tmux) = try await Self.start(Self.failing)
    try await tmux.wait(for: "[v]iew log and block")
    tmux.press("v")
    try await Self.expect(tmux, runbook, is: "page")
    // A key that moves a page answers nothing.
    tmux.press("b")
    tmux.press("q")
    try await tmux.wait { $0.contains("[r]etry") && !$0.contains("q: back") }
    tmux.press("q")
    try await tmux.wait(for: "status 1")
    #expect(!runbook.exists("../app/trace"))
  }

  @Test func aStepIsMarkedAsDoneAndTheRunGoesOn() async throws {
    let (runbook, tmux) = try await Self.start(Self.failing)
    try await tmux.wait(for: "[c]omment")
    tmux.press("c")
    try await tmux.wait(for: "comment:")
    // None of these letters answers while a comment is written.
    tmux.type("by hand, qbs\n")
    try await tmux.wait { $0.contains("— by hand, qbs") && $0.contains("[d]one") }
    tmux.press("d")
    try await Self.expect(tmux, runbook, is: "marked-as-done")
    #expect(try runbook.read("../app/trace") == "then, with []\npublished\n")
    #expect(try runbook.read("Deploy.md").contains("- [x] Migrate [result:: done]"))
    let record = try runbook.read(try #require(runbook.record))
    #expect(record.contains("after exit 7: by hand, qbs"))
    #expect(record.contains("marked as done by "))
    #expect(try runbook.journal().contains("\"comment\":\"by hand, qbs\""))
  }

  @Test func aStepIsLeftOutAndTheRunGoesOn() async throws {
    let (runbook, tmux) = try await Self.start(Self.failing)
    try await tmux.wait(for: "[s]kip")
    tmux.press("s")
    let end = try await tmux.wait { $0.hasSuffix("status 0\n$") }
    #expect(end.contains("succeeded with warnings"))
    #expect(try runbook.read("../app/trace") == "published\n")
    #expect(try runbook.read("Deploy.md").contains("- [ ] Migrate [result:: skipped]"))
    #expect(try runbook.read(try #require(runbook.record)).contains("after exit 7"))
  }

  private static func slow(_ attributes: String, fallback: Bool = true) -> String {
    first + "- [ ] Build from scratch\n  ```bash {\(attributes)}\n"
      + "  echo begun; while [ ! -e go ]; do sleep 0.02; done; echo built >> trace\n  ```\n"
      + (fallback ? "  ```bash {fallback}\n  echo 'with the cache' >> trace\n  ```\n" : "") + last
  }

  @Test func overItsTime() async throws {
    let (runbook, tmux) = try await Self.start(Self.slow("timeout=1s"))
    try await Self.expect(tmux, runbook, is: "timeout")
    tmux.press("q")
    try await tmux.wait(for: "status 124")
    #expect(!runbook.exists("../app/trace"))
  }

  /// Nobody is asked about what the note says.
  @Test func aBlocksOwnPolicyIsCarriedOutAtOnce() async throws {
    let (runbook, tmux) = try await Self.start(Self.slow("timeout=0.5s on-timeout=fallback"))
    let end = try await tmux.wait(for: "status ")
    #expect(end.contains("status 0"))
    #expect(try runbook.read("../app/trace") == "with the cache\npublished\n")
    #expect(try !runbook.journal().contains("\"asked\""))
  }

  @Test func aBlocksOwnDeadlineEndsItBeforeAnybodyIsAsked() async throws {
    let note = Self.slow("timeout=0.5s on-timeout=cancel", fallback: false)
    let (runbook, tmux) = try await Self.start(note)
    try await tmux.wait(for: "Build from scratch: timed out. What now?")
    #expect(LivingProcesses.pids(in: runbook.app.path).isEmpty)
    tmux.press("b")
    try await tmux.wait(for: "status 3")
    #expect(try runbook.read("../app/trace") == "back\n")
  }

  @Test func inTheBackgroundNoLimitEndsIt() async throws {
    let (runbook, tmux) = try await Self.start(Self.slow("timeout=1s"))
    try await tmux.wait(for: "[l]eave it running")
    tmux.press("l")
    try await tmux.wait(for: "status 76")
    tmux.type("clear; runbook attach\n")
    try await tmux.wait(for: "no limit any more")
    // Far over its time, and over the time of a question too, as its supervisor would count it.
    let extended = try runbook.journal().split(separator: "\n").filter {
      $0.contains("\"extended\"")
    }
    #expect(extended.count == 1)
    #expect(extended.allSatisfy { !$0.contains("seconds") })
    try runbook.write("../app/go", "")
    try await tmux.wait { $0.contains("succeeded · 3 of 3") }
    #expect(try runbook.read("../app/trace") == "built\npublished\n")
  }

  @Test func aConfirmation() async throws {
    let (runbook, tmux) = try await Self.start(
      Self.first + "- [ ] Drop\n  ```bash {confirm=\"Drop all tables?\"}\n  true\n  ```\n")
    try await Self.expect(tmux, runbook, is: "confirm")
    tmux.press("n")
    try await Self.expect(tmux, runbook, is: "refused")
    tmux.press("b")
    try await tmux.wait(for: "status 3")
  }

  @Test func beforeEachStep() async throws {
    let (runbook, tmux) = try await Self.start(Self.first + Self.last, "--step")
    try await Self.expect(tmux, runbook, is: "before-step")
    tmux.press("q")
    try await tmux.wait(for: "status 130")
  }

  // MARK: A rollback

  private static let slowRollback =
    "- [ ] Upload\n  ```bash\n  true\n  ```\n  ```bash {rollback}\n  echo upload >> trace\n  ```\n"
    + "- [ ] Switch over\n  ```bash\n  true\n  ```\n  ```bash {rollback}\n"
    + "  echo 'switching back'; touch begun; while [ ! -e go ]; do sleep 0.02; done\n"
    + "  echo switch >> trace\n  ```\n"

  enum Beginning: String, CaseIterable {
    case failure, interruption, command
  }

  /// However it came to it: it is seen working, one Ctrl-C is a warning, and it goes on.
  @Test(arguments: Beginning.allCases) func aRollback(_ beginning: Beginning) async throws {
    let third =
      switch beginning {
      case .failure: "- [ ] Check\n  ```bash\n  false\n  ```\n"
      case .interruption: "- [ ] Check\n  ```bash\n  touch here; sleep 300\n  ```\n"
      case .command: ""
      }
    let (runbook, tmux) = try await Self.start(Self.slowRollback + third)
    switch beginning {
    case .failure:
      try await tmux.wait(for: "[b] roll back")
      tmux.press("b")
    case .interruption:
      try #require(try await eventually { runbook.exists("../app/here") })
      tmux.press("C-c")
      try await tmux.wait(for: "[b] roll back")
      tmux.press("b")
    case .command:
      try await tmux.wait(for: "status 0")
      tmux.type("clear; runbook rollback --yes $(ls ../state/runbook/runs); echo \"status $?\"\n")
    }
    try await tmux.wait {
      $0.contains("│ switching back") && $0.contains("rolling back, 1 of 2 steps")
    }
    if beginning == .failure { try await Self.expect(tmux, runbook, is: "rolling-back") }
    tmux.press("C-c")
    try await tmux.wait(for: "the rollback goes on · Ctrl-C again ends it")
    try runbook.write("../app/go", "")
    try await tmux.wait(for: beginning == .command ? "status 0" : "status 3")
    #expect(try runbook.read("../app/trace") == "switch\nupload\n")
  }

  @Test func aSecondControlCEndsARollbackAndTheCommandThatTriesAgainIsNamed() async throws {
    let (runbook, tmux) = try await Self.start(
      Self.slowRollback + "- [ ] Check\n  ```bash\n  touch here; sleep 300\n  ```\n")
    try #require(try await eventually { runbook.exists("../app/here") })
    tmux.press("C-c")
    try await tmux.wait(for: "[b] roll back")
    tmux.press("b")
    try await tmux.wait(for: "│ switching back")
    tmux.press("C-c")
    try await tmux.wait(for: "Ctrl-C again ends it")
    tmux.press("C-c")
    try await Self.expect(tmux, runbook, is: "rollback-ended")
    #expect(!runbook.exists("../app/trace"))
  }
}
