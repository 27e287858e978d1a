import Foundation
import TestSupport
import Testing

/// A killed command can't put its terminal back; the next one does.
@Suite(.paced, .enabled(if: Tmux.isThere, "tmux is not on this machine"))
struct TerminalRescueTests {
  private static func runbook() throws -> RunbookBinary {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write(
      "Deploy.md",
      "---\ncwd: ../app\n---\n- [ ] Wait\n  ```bash\n  touch began; while [ ! -e go ]; do sleep 0.02; done\n  ```\n"
    )
    return runbook
  }

  private static func runner(_ runbook: RunbookBinary) -> Int32? {
    LivingProcesses.pids(in: runbook.folder.path).first { pid in
      ProcessTable.commandLine(of: pid).hasPrefix("\(runbook.program) exec ")
    }
  }

  /// Not from an interactive shell, which would put the modes back itself.
  private func killRunner(_ runbook: RunbookBinary, _ tmux: Tmux, then next: String) async throws {
    try runbook.write(
      "look",
      """
      stty -g > ../before
      '\(runbook.program)' exec Deploy.md
      stty -g > ../left
      \(next)
      stty -g > ../after

      """)
    tmux.type("clear; sh look; echo over\n")
    try await tmux.wait(for: "Wait")
    try #require(try await eventually { runbook.exists("../app/began") })
    let pid = try #require(Self.runner(runbook))
    #expect(kill(pid, SIGKILL) == 0)
    try #require(
      try await eventually { runbook.exists("../after") && (try? runbook.read("../after")) != "" })
    try runbook.write("../app/go", "")
  }

  @Test func theNextCommandPutsTheModesBack() async throws {
    let runbook = try Self.runbook()
    let tmux = try await Tmux(runbook)
    try await killRunner(runbook, tmux, then: "'\(runbook.program)' runs > /dev/null")
    let before = try runbook.read("../before")
    #expect(try runbook.read("../left") != before)
    #expect(try runbook.read("../after") == before)
    let kept = runbook.stateFolder.appendingPathComponent("runbook/terminals").path
    #expect(try FileManager.default.contentsOfDirectory(atPath: kept) == [])
  }

  /// Who has set the terminal meanwhile means it.
  @Test func whatWasSetMeanwhileIsLeft() async throws {
    let runbook = try Self.runbook()
    let tmux = try await Tmux(runbook)
    try await killRunner(
      runbook, tmux,
      then: "stty sane -ixon; stty -g > ../mine; '\(runbook.program)' runs > /dev/null")
    #expect(try runbook.read("../after") == runbook.read("../mine"))
  }
}
