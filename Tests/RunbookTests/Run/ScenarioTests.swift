import Testing

@testable import Runbook

/// Whole runs without a process: what happens, in which order, and how it ends.
struct ScenarioTests {
  @Test(arguments: Scenario.all)
  func transcript(_ scenario: Scenario) throws {
    let plan = try scenario.plan()
    var run = scenario.run(scenario.world(plan))
    let end = run.run()
    switch end {
    case .ended(let outcome): #expect(outcome.exitStatus == scenario.status)
    case .paused: #expect(scenario.status == 75)
    default: Issue.record("\(end)")
    }
    #expect(run.world.interruptsLeft.isEmpty)
    let lines =
      [scenario.text]
      + scenario.parts.sorted { $0.key < $1.key }.flatMap { ["", "--- \($0.key)", $0.value] }
      + ["", "---"] + run.transcript + ["--- \(end)", ""]
    let name = scenario.name.map { $0.isLetter || $0.isNumber || $0 == "-" ? $0 : "-" }
    try Golden.check(
      Array(lines.joined(separator: "\n").utf8), "Run/\(String(name)).txt")
  }

  /// The state is the fold of the events and nothing else; the journal keeps all of it.
  @Test(arguments: Scenario.all)
  func fold(_ scenario: Scenario) throws {
    var run = scenario.run(scenario.world(try scenario.plan()))
    _ = run.run()
    let text = try run.events.map { try JSONText.encode($0, isPretty: false) + "\n" }.joined()
    let read = try Journal.read(Array(text.utf8))
    #expect(read.events == run.events)
    #expect(RunState(read.events) == run.state)
  }

  @Test func exitStatuses() {
    let expected: [Outcome: Int32] = [
      .succeeded: 0, .warnings: 0, .failed: 1, .rolledBack: 3, .rollbackFailed: 4,
      .timedOut: 124, .cancelled: 130,
    ]
    #expect(Set(expected.keys) == Set(Outcome.allCases))
    for (outcome, status) in expected { #expect(outcome.exitStatus == status) }
  }
}
