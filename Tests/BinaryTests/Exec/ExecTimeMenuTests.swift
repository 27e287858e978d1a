import Foundation
import TestSupport
import Testing

/// What is asked when a block is over its time, in a real terminal, and what happens where nobody can be asked.
@Suite(.paced, .enabled(if: Tmux.isThere, "tmux is not on this machine"))
struct ExecTimeMenuTests {
  /// A step with something to undo, one that goes on until it is let, one after it.
  private static func note(_ attributes: String, fallback: Bool = true) -> String {
    """
    ---
    cwd: ../app
    ---
    - [ ] First
      ```bash
      true
      ```
      ```bash {rollback}
      echo undone >> trace
      ```
    - [ ] Slow
      ```bash {\(attributes)}
      echo began >> trace
      while [ ! -e go ]; do sleep 0.02; done
      echo done >> trace
      ```
    \(fallback ? "  ```bash {fallback}\n  echo instead >> trace\n  ```\n" : "")
    - [ ] After
      ```bash
      echo after >> trace
      ```

    """
  }

  private static func start(_ attributes: String) async throws -> (RunbookBinary, Tmux) {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Deploy.md", note(attributes))
    let tmux = try await Tmux(runbook)
    tmux.type("clear; runbook exec Deploy.md; echo \"status $?\"\n")
    return (runbook, tmux)
  }

  /// It may be over its time before its shell has started.
  private static func waitUntilBegun(_ runbook: RunbookBinary) async throws {
    try #require(try await eventually { runbook.exists("../app/trace") })
  }

  @Test func waitLongerGivesOneMoreDeadline() async throws {
    let (runbook, tmux) = try await Self.start("timeout=0.5s")
    try await tmux.wait(for: "over its time of 0.5s. What now?")
    tmux.press("w")
    try await tmux.wait { $0.contains("extended 1×") && $0.contains("[w]ait longer") }
    tmux.press("w")
    try await tmux.wait(for: "extended 2×")
    try runbook.write("../app/go", "")
    try await tmux.wait(for: "status 0")
    #expect(try runbook.read("../app/trace") == "began\ndone\nafter\n")
  }

  @Test func fallbackRunsInItsPlace() async throws {
    let (runbook, tmux) = try await Self.start("timeout=0.5s")
    try await tmux.wait(for: "[f]allback")
    try await Self.waitUntilBegun(runbook)
    tmux.press("f")
    try await tmux.wait(for: "status 0")
    #expect(try runbook.read("../app/trace") == "began\ninstead\nafter\n")
    #expect(LivingProcesses.pids(in: runbook.app.path).isEmpty)
  }

  @Test func cancelStopsItAndRollsBack() async throws {
    let (runbook, tmux) = try await Self.start("timeout=0.5s")
    try await tmux.wait(for: "[b] cancel and roll back")
    try await Self.waitUntilBegun(runbook)
    tmux.press("b")
    try await tmux.wait(for: "status 3")
    #expect(try runbook.read("../app/trace") == "began\nundone\n")
    #expect(LivingProcesses.pids(in: runbook.app.path).isEmpty)
  }

  /// However the run is carried on after that: the step lives, and runs once.
  @Test func backgroundLeavesTheTerminal() async throws {
    let (runbook, tmux) = try await Self.start("timeout=2s")
    try await tmux.wait(for: "[l]eave it running")
    try await Self.waitUntilBegun(runbook)
    tmux.press("l")
    try await tmux.wait(for: "status 76")
    #expect(!LivingProcesses.pids(in: runbook.app.path).isEmpty)
    #expect(try runbook.journal().contains("\"leaving\""))
    try runbook.write("../app/go", "")
    try #require(
      try await eventually { try runbook.read("../app/trace").hasPrefix("began\ndone\n") })
    #expect(try !runbook.read("../app/trace").contains("undone"))
  }

  @Test func theQuestionGoesWhenTheStepEnds() async throws {
    let (runbook, tmux) = try await Self.start("timeout=0.5s")
    try await tmux.wait(for: "[b] cancel")
    try runbook.write("../app/go", "")
    let end = try await tmux.wait { $0.hasSuffix("status 0\n$") }
    #expect(!end.contains("[b] cancel"))
    #expect(try runbook.read("../app/trace") == "began\ndone\nafter\n")
    #expect(try runbook.journal().contains("\"withdrawn\""))
  }

  @Test func silenceIsAskedAboutUntilItPrintsAgain() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write(
      "Deploy.md",
      """
      ---
      cwd: ../app
      ---
      - [ ] Quiet
        ```bash {idle=1s timeout=none}
        while [ ! -e speak ]; do sleep 0.02; done
        while [ ! -e go ]; do echo tick; sleep 0.1; done
        ```

      """)
    let tmux = try await Tmux(runbook)
    tmux.type("clear; runbook exec Deploy.md; echo \"status $?\"\n")
    try await tmux.wait(for: "no output for 1s. What now?")
    tmux.press("w")
    try await tmux.wait { $0.contains("extended 1×") && $0.contains("no output for 1s. What now?") }
    try runbook.write("../app/speak", "")
    try await tmux.wait { !$0.contains("What now?") && $0.contains("tick") }
    try runbook.write("../app/go", "")
    try await tmux.wait(for: "status 0")
  }

  @Test func controlCCanLeaveItRunning() async throws {
    let (runbook, tmux) = try await Self.start("timeout=none")
    try #require(try await eventually { runbook.exists("../app/trace") })
    tmux.press("C-c")
    try await tmux.wait(for: "[l]eave it running")
    tmux.press("l")
    try await tmux.wait(for: "status 76")
    #expect(!LivingProcesses.pids(in: runbook.app.path).isEmpty)
    try runbook.write("../app/go", "")
    try #require(
      try await eventually { try runbook.read("../app/trace").hasPrefix("began\ndone\n") })
  }

  /// A question that stands is on the screen, also after a key that had nothing to do with it.
  @Test func controlCInARollbackLeavesItsQuestionOnTheScreen() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write(
      "Deploy.md",
      """
      ---
      cwd: ../app
      ---
      - [ ] A
        ```bash {on-error=rollback}
        false
        ```
        ```bash {rollback confirm="Really undo?"}
        echo undone >> trace
        ```

      """)
    let tmux = try await Tmux(runbook)
    tmux.type("clear; runbook exec Deploy.md; echo \"status $?\"\n")
    try await tmux.wait(for: "[r]etry")
    tmux.press("b")
    try await tmux.wait(for: "Really undo?")
    tmux.press("C-c")
    try #require(try await eventually { try runbook.journal().contains("cancel-requested") })
    // A key that comes before the question stands again is nobody's answer.
    let isOver = try await eventually {
      tmux.press("y")
      return tmux.screen.contains("status 3")
    }
    #expect(isOver, "the screen shows:\n\(tmux.screen)")
    #expect(try runbook.read("../app/trace") == "undone\n")
  }

  // MARK: Nobody to ask

  @Test(arguments: [
    ("timeout=0.3s", true, 0, "instead\nafter\n"),
    ("timeout=0.3s", false, 3, "undone\n"),
    ("timeout=0.3s on-timeout=cancel", true, 3, "undone\n"),
    ("timeout=0.3s on-timeout=extend", false, 3, "undone\n"),
    ("timeout=0.3s on-timeout=background", false, 3, "undone\n"),
    ("idle=0.3s timeout=none", true, 0, "instead\nafter\n"),
  ])
  func withoutATerminalThePolicyDecides(
    _ attributes: String, _ hasFallback: Bool, _ status: Int, _ trace: String
  ) async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Deploy.md", Self.note(attributes, fallback: hasFallback))
    let result = try await runbook.run("exec", "Deploy.md")
    #expect(result.status == status, "\(result.stdout)")
    // Whether its shell has started in that time is the machine's.
    let ran = try runbook.read("../app/trace")
    #expect((ran.hasPrefix("began\n") ? String(ran.dropFirst(6)) : ran) == trace)
    let extensions = result.stdout.components(separatedBy: "extended by 0.3s").count - 1
    let extends = attributes.contains("extend") || attributes.contains("background")
    #expect(extensions == (extends ? 3 : 0))
    #expect(LivingProcesses.pids(in: runbook.app.path).isEmpty)
  }

  @Test func extendedItEndsByItself() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    // Longer than its time, and much shorter than all its extensions: a busy machine changes nothing.
    try runbook.write(
      "Deploy.md",
      "---\ncwd: ../app\n---\n- [ ] A\n  ```bash {timeout=3s on-timeout=extend}\n  sleep 4\n  ```\n"
    )
    let result = try await runbook.run("exec", "Deploy.md")
    #expect(result.status == 0, "\(result.stdout)")
    #expect(result.stdout.contains("extended by 3s"))
  }
}
