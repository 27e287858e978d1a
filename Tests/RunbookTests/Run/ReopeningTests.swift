import Testing

@testable import Runbook

/// A run that failed or was stopped is gone on with: whole, and with a death before and after each event.
@Suite struct ReopeningTests {
  struct Case: Sendable, CustomStringConvertible {
    let description: String
    let text: String
    var answers: [String] = []
    var interrupts: [String] = []
    var hasTerminal = false
    var noRollback = true
    /// What is said after the first end.
    var then: [String] = []
    /// The step that a person names.
    var from: String?
    /// What runs after the first end.
    let log: [String]
    var outcome = Outcome.succeeded
  }

  private static let twoBlocks = "- [ ] A\n  | prints x {capture=X}\n  | ok {rollback}\n"
  private static let after = "\n- [ ] D\n  | ok\n  | ok {rollback}\n  | ok {always}"

  static let cases = [
    Case(
      description: "the failed block, and what is behind it",
      text: twoBlocks + "- [ ] C\n  | ok\n  | exit 3; ok\n  | ok" + after,
      log: ["C#2", "C#3", "D", "D (always)"]),
    Case(
      description: "retries begin anew",
      text: "- [ ] C\n  | exit 1; exit 1; exit 1; exit 1; ok {retries=2}" + after,
      log: ["C", "C", "D", "D (always)"]),
    Case(
      description: "nested, and the steps around it",
      text: "- [ ] P\n  | ok\n  - [ ] Q\n    - [ ] A\n      | ok\n    - [ ] B\n      | exit 2; ok\n"
        + "    - [ ] C\n      | ok\n- [ ] E\n  | ok", log: ["B", "C", "E"]),
    Case(
      description: "stopped by a person",
      text: "- [ ] A\n  | ok\n- [ ] C\n  | hang; ok" + after, answers: ["interrupt: stop"],
      interrupts: ["C"], hasTerminal: true, log: ["C", "D", "D (always)"]),
    Case(
      description: "stopped in the menu, then done by hand",
      text: "- [ ] A\n  | ok\n- [ ] C\n  | exit 4\n  | ok" + after,
      answers: ["failure: stop"], hasTerminal: true, then: ["failure: done"],
      log: ["C#1", "C#2", "D", "D (always)"]),
    Case(
      description: "a refused block is asked about again",
      text: "- [ ] C\n  | ok {confirm=Really?}" + after,
      answers: ["confirm: no", "failure: stop"], hasTerminal: true, then: ["confirm: yes"],
      log: ["C", "D", "D (always)"]),
    Case(
      description: "a manual step is asked about again", text: "- [ ] Look" + after,
      answers: ["manual: no"], hasTerminal: true, then: ["manual: done"], log: ["D", "D (always)"]),
    Case(
      description: "stopped before a step",
      text: "- [ ] A\n  | ok\n- [ ] P\n  - [ ] B\n    | ok\n  - [ ] C\n    | ok",
      answers: ["before-step: run run run stop"], hasTerminal: true, then: ["before-step: run"],
      log: ["C"]),
    Case(
      description: "timed out with its fallback",
      text: "- [ ] C\n  | hang; ok {timeout=5}\n  | exit 1 {fallback}" + after,
      log: ["C", "D", "D (always)"]),
    Case(
      description: "a block that may fail is passed",
      text: "- [ ] C\n  | exit 1 {on-error=continue}\n  | exit 2; ok" + after,
      log: ["C#2", "D", "D (always)"], outcome: .warnings),
    Case(
      description: "done-if that said no, and one that failed",
      text:
        "- [ ] A\n  | exit 1 {done-if}\n  | ok\n- [ ] C\n  | signal 9; exit 1 {done-if}\n  | ok",
      log: ["C (done-if)", "C"]),
    Case(
      description: "monitoring, all of its time",
      text: "- [ ] C\n  | ok; exit 2; ok; ok; ok {every=10 for=25}", log: ["C", "C", "C"]),
    Case(
      description: "it fails again, and all of it is undone",
      text: twoBlocks + "- [ ] B\n  | exit 1; ok\n  | ok {rollback}\n- [ ] C\n  | exit 9",
      answers: ["failure: stop"], hasTerminal: true, noRollback: false, then: ["failure: rollback"],
      log: ["B", "C", "B (rollback)", "A (rollback)"], outcome: .rolledBack),
    Case(
      description: "from an earlier step, everything anew",
      text: twoBlocks + "- [ ] B\n  | ok {confirm=Really?}\n- [ ] C\n  | exit 3; ok" + after,
      answers: ["confirm: yes", "failure: stop"], hasTerminal: true, then: ["confirm: yes"],
      from: "B",
      log: ["B", "C", "D", "D (always)"]),
    Case(
      description: "from a later step, past the failed one",
      text: twoBlocks + "- [ ] C\n  | exit 3\n- [ ] E\n  | ok" + after, from: "D",
      log: ["D", "D (always)"], outcome: .warnings),
    Case(
      description: "from inside a parent",
      text: "- [ ] P\n  | ok\n  - [ ] A\n    | ok\n  - [ ] B\n    | ok\n- [ ] C\n  | exit 1; ok",
      from: "B", log: ["B", "C"]),
  ]

  private static func scenario(_ test: Case, _ answers: [String]) -> Scenario {
    var scenario = Scenario(
      name: test.description, text: test.text, answers: answers, interrupts: test.interrupts,
      hasTerminal: test.hasTerminal, noRollback: test.noRollback, status: 0)
    scenario.asksBeforeSteps = test.answers.contains { $0.hasPrefix("before-step") }
    return scenario
  }

  /// The run after its first end, with the word that it goes on in its journal.
  private static func reopened(_ test: Case) throws -> SimulatedRun {
    let scenario = scenario(test, test.answers)
    let plan = try scenario.plan()
    var first = scenario.run(scenario.world(plan))
    let end = first.run()
    guard case .ended(let outcome) = end, [.failed, .timedOut, .cancelled].contains(outcome) else {
      Issue.record("\(test): \(end)\n\(first.transcript.joined(separator: "\n"))")
      return first
    }
    first.world.log = []
    first.world.reply = Self.scenario(test, test.then).world(plan).reply
    let step = plan.steps.first { $0.title == test.from }?.id
    let reopened = Reopening(plan, first.state, from: step).event(by: "bob")
    for topic in reopened.questions { first.world.answers[topic] = nil }
    let event = RunEvent(
      number: first.events.count + 1, at: SimulatedRun.moment(first.world.now + 3600),
      uptime: first.state.uptime, kind: SecretMask.none.mask(RunEvent.Kind.reopened(reopened)))
    return scenario.run(first.world, journal: first.events + [event])
  }

  @Test(arguments: cases) func itGoesOnWhereItStood(_ test: Case) throws {
    var run = try Self.reopened(test)
    #expect(
      run.run() == .ended(test.outcome), "\(run.transcript.joined(separator: "\n"))")
    #expect(run.world.log == test.log, "\(run.transcript.joined(separator: "\n"))")
    #expect(run.state.open.isEmpty)
    #expect(run.state.reopenings.count == 1)
    for step in run.plan.steps where run.state.steps[step.id]?.result == .succeeded {
      #expect(run.state.steps[step.id]?.took ?? 0 < 100, "the time between is no work")
    }
  }

  @Test(arguments: cases) func aDeathAtAnyEventChangesNothing(_ test: Case) throws {
    var whole = try Self.reopened(test)
    let start = whole.events.count
    let end = whole.run()
    for number in (start + 1)...whole.events.count {
      for crash in [SimulatedRun.Crash.after(number), .before(number)] {
        var first = try Self.reopened(test)
        first.crash = crash
        guard first.run() == .crashed else { continue }
        var second = Self.scenario(test, test.then).run(first.world, journal: first.events)
        #expect(second.run() == end, "\(test) \(crash)")
        #expect(second.world.log == whole.world.log, "\(test) \(crash)")
      }
    }
  }

  @Test func itCanBeGoneOnWithAgainAndAgain() throws {
    let test = Case(
      description: "",
      text: "- [ ] A\n  | ok\n- [ ] C\n  | exit 1; exit 2; exit 3; ok" + Self.after,
      log: [])
    var run = try Self.reopened(test)
    for outcome in [Outcome.failed, .failed, .succeeded] {
      #expect(run.run() == .ended(outcome))
      guard outcome != .succeeded else { break }
      let event = RunEvent(
        number: run.events.count + 1, at: SimulatedRun.moment(run.world.now),
        uptime: run.state.uptime,
        kind: SecretMask.none.mask(
          RunEvent.Kind.reopened(Reopening(run.plan, run.state).event(by: "bob"))))
      run = Self.scenario(test, test.then).run(run.world, journal: run.events + [event])
    }
    #expect(run.state.reopenings.map(\.failure?.exit) == [1, 2, 3])
    #expect(run.state.steps.values.allSatisfy { $0.result == .succeeded })
    #expect(run.world.log.count { $0 == "D (always)" } == 3)
  }
}
