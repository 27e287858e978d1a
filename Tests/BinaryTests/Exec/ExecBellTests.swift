import Foundation
import TestSupport
import Testing

@testable import Runbook
@testable import RunbookCLI

/// The terminal's bell: once, for somebody who may be looking elsewhere by now.
@Suite(.paced) struct ExecBellTests {
  private final class Count {
    var rings = 0
  }

  private static let topic = Question.Topic(.failure)

  /// How often it rings, with events at these seconds.
  private func rings(
    in environment: [String: String] = [:], begun: Double = 0, _ kinds: (Double, RunEvent.Kind)...
  ) -> Int {
    let count = Count()
    guard let bell = Bell(environment: environment, ring: { count.rings += 1 }) else { return -1 }
    var state = RunState()
    state.uptime = begun
    bell.begin(state)
    for (index, (uptime, kind)) in kinds.enumerated() {
      let event = RunEvent(
        number: index + 1, at: WallTime(milliseconds: 0, offset: 0), uptime: uptime,
        kind: SecretMask.none.mask(kind))
      bell.observe(event, state)
    }
    return count.rings
  }

  private func answered(_ choice: Answer.Choice) -> RunEvent.Kind {
    .answered(RunEvent.Answered(topic: Self.topic, answer: Answer(choice)))
  }

  private static let end = RunEvent.Kind.runEnded(RunEvent.RunEnded(outcome: .succeeded))
  private static let asked = RunEvent.Kind.asked(
    Question(topic: topic, text: "what now", choices: [.retry], seconds: nil))

  @Test func aShortRunIsSilent() {
    #expect(rings((3, Self.end)) == 0)
    #expect(rings((12, Self.end)) == 1)
    // Gone on with, or looked at from elsewhere: somebody has just typed that.
    #expect(rings(begun: 100, (103, Self.end)) == 0)
    #expect(rings(begun: 100, (111, Self.end)) == 1)
  }

  @Test func whoeverAnswersIsThere() {
    #expect(rings((20, Self.asked), (25, answered(.retry)), (27, Self.end)) == 1)
    #expect(rings((20, Self.asked), (25, answered(.retry)), (60, Self.end)) == 2)
    // The time for an answer passed.
    #expect(rings((20, Self.asked), (80, answered(.none)), (81, Self.end)) == 2)
    let interrupted = RunEvent.Kind.cancelRequested(RunEvent.CancelRequested(by: "SIGINT"))
    #expect(rings((20, interrupted), (20, Self.asked)) == 0)
  }

  @Test func theEnvironmentSaysWhen() {
    #expect(rings(in: ["RUNBOOK_BELL": "none"], (900, Self.end)) == -1)
    #expect(rings(in: ["RUNBOOK_BELL": "0"], (0.1, Self.end)) == 1)
    #expect(rings(in: ["RUNBOOK_BELL": "1m"], (59, Self.end)) == 0)
    #expect(rings(in: ["RUNBOOK_BELL": "loud"], (12, Self.end)) == 1)
  }

  /// All bytes that reach a terminal.
  @Test(
    .enabled(if: Tmux.isThere, "tmux is not on this machine"),
    arguments: [
      ("0", "", 1), ("none", "", 0), ("", "", 0), ("0", "CI=true", 0), ("0", "TERM=dumb", 0),
    ])
  func itRingsOnceInATerminal(_ patience: String, _ more: String, _ count: Int) async throws {
    let runbook = try RunbookBinary()
    try runbook.write("note.md", "- [ ] Go\n  ```bash\n  printf '\\a\\a'\n  ```\n")
    let environment = patience.isEmpty ? [:] : ["RUNBOOK_BELL": patience]
    let tmux = try await Tmux(runbook, environment: environment)
    tmux.type("\(more) script -qec '\(runbook.program) exec note.md' all; echo \"status $?\"\n")
    try await tmux.wait(for: "status 0")
    let bytes = try Data(contentsOf: runbook.folder.appendingPathComponent("all"))
    #expect(bytes.count { $0 == 7 } == count)
  }
}
