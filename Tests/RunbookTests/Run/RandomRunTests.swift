import TestSupport
import Testing

@testable import Runbook

/// Drawn plans, people and interruptions: every run ends, and ends the same when its runner dies on the way.
struct RandomRunTests {
  @Test func crashes() throws {
    var random = SeededGenerator(SeededGenerator.seed)
    print("seed \(SeededGenerator.seed)")
    var outcomes: [String: Int] = [:]
    // Each is run again from every event: some three thousand runs. The long form takes minutes.
    for _ in 0..<(LongForm.isWanted ? 3000 : 30) {
      let scenario = RandomScenario(seed: random.next())
      let plan = try Scenario.plan(scenario.text)
      try CrashCheck(plan: plan, make: { scenario.run(plan) }).run(
        "seed \(scenario.seed)\n\(scenario.text)\n")
    }
    for _ in 0..<(LongForm.isWanted ? 3000 : 1000) {
      let scenario = RandomScenario(seed: random.next())
      let plan = try Scenario.plan(scenario.text)
      var run = scenario.run(plan)
      let end = run.run()
      if case .stuck(let why) = end {
        Issue.record(
          "seed \(scenario.seed): \(why)\n\(scenario.text)\n\(run.transcript.suffix(40))")
        return
      }
      if case .ended(let outcome) = end { outcomes[outcome.rawValue, default: 0] += 1 }
      if case .paused = end { outcomes["paused", default: 0] += 1 }
    }
    // Every end is among them, or the drawing is poor.
    #expect(outcomes.count == Outcome.allCases.count + 1, "\(outcomes)")
  }

  /// Ten times the steps cost about ten times as much, deciding and folding together.
  @Test func linear() throws {
    var (small, large) = (0.0, Double.infinity)
    for _ in 0..<3 where large >= small * 25 {
      small = try seconds(steps: 200)
      large = try seconds(steps: 2000)
    }
    #expect(large < small * 25, "\(small) s for 200 steps, \(large) s for 2000")
  }

  private func seconds(steps: Int) throws -> Double {
    let text = (0..<steps).map { "- [ ] Step \($0)\n  | ok\n  | ok {rollback}\n  | ok {always}" }
      .joined(separator: "\n")
    let plan = try Scenario.plan(text + "\n- [ ] Last\n  | exit 1")
    var run = SimulatedRun(SimulatedWorld(plan))
    run.keepsTranscript = false
    return ThreadTime.measure { #expect(run.run() == .ended(.rolledBack)) } / .seconds(1)
  }
}
