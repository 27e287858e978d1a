import Testing

@testable import Runbook

/// A run that has ended is undone later: `decide` from where it ended, with a death before and after each event.
@Suite struct LaterRollbackTests {
  struct Case: Sendable, CustomStringConvertible {
    let description: String
    let text: String
    var noRollback = false
    var outcome = Outcome.rolledBack
    /// What runs in the later rollback.
    let log: [String]
  }

  private static let cases = [
    Case(
      description: "newest first, and no always block",
      text: "- [ ] A\n  | ok\n  | ok {rollback}\n  | ok {always}\n- [ ] B\n  | ok\n"
        + "- [ ] C\n  | ok\n  | ok {rollback}\n",
      log: ["C (rollback)", "A (rollback)"]),
    Case(
      description: "only what ran",
      text: "- [ ] A\n  | ok\n  | ok {rollback}\n- [ ] B\n  | exit 3\n  | ok {rollback}\n"
        + "- [ ] C\n  | ok\n  | ok {rollback}\n", noRollback: true,
      log: ["B (rollback)", "A (rollback)"]),
    Case(
      description: "one that fails lets the others run",
      text: "- [ ] A\n  | ok\n  | ok {rollback}\n- [ ] B\n  | ok\n  | exit 2 {rollback}\n",
      outcome: .rollbackFailed, log: ["B (rollback)", "A (rollback)"]),
    Case(
      description: "nested, and a second try",
      text: "- [ ] P\n  | ok\n  | ok {rollback}\n  - [ ] A\n    | ok\n"
        + "    | exit 1; ok {rollback retries=1 delay=1s}\n",
      log: ["A (rollback)", "A (rollback)", "P (rollback)"]),
  ]

  /// The rollback's own run, in the world that the first run left.
  private static func run(_ test: Case) throws -> (Plan, () -> SimulatedRun) {
    let scenario = Scenario(
      name: test.description, text: test.text, noRollback: test.noRollback, status: 0)
    let plan = try scenario.plan()
    func make() -> SimulatedRun {
      let world = scenario.world(plan)
      var first = scenario.run(world)
      _ = first.run()
      world.log = []
      let undone = first.state.begun.reversed().filter {
        plan.step($0)?.blocks(.rollback).isEmpty == false
      }
      var second = SimulatedRun(
        world,
        undoing: Undoing(
          run: first.state.header?.id ?? RunID(at: SimulatedRun.moment(0), random: 0), by: "ana",
          startedAt: SimulatedRun.moment(0), record: nil, steps: undone), origin: first.state)
      second.options = scenario.options
      return second
    }
    return (plan, make)
  }

  @Test(arguments: cases) func itUndoesWhatWasBegun(_ test: Case) throws {
    var run = try Self.run(test).1()
    #expect(run.run() == .ended(test.outcome), "\(run.transcript.joined(separator: "\n"))")
    #expect(run.world.log == test.log)
    #expect(run.state.exitStatus == (test.outcome == .rolledBack ? 0 : 4))
    #expect(run.events.first?.number == 1)
  }

  @Test(arguments: cases) func aDeathAtAnyEventChangesNothing(_ test: Case) throws {
    let (_, make) = try Self.run(test)
    var whole = make()
    let end = whole.run()
    for number in 2...whole.events.count {
      for crash in [SimulatedRun.Crash.after(number), .before(number)] {
        var first = make()
        let origin = first.state
        first.crash = crash
        guard first.run() == .crashed else { continue }
        var second = SimulatedRun(
          first.world, journal: first.events, undoing: first.undoing, origin: origin)
        second.options = first.options
        #expect(second.run() == end, "\(crash)")
        #expect(second.world.log == whole.world.log, "\(crash)")
        #expect(second.state.steps == whole.state.steps, "\(crash)")
      }
    }
  }

  /// A second one goes on from what the first left.
  @Test func whatFailedIsTriedAgainAndNothingElse() throws {
    let (plan, make) = try Self.run(Self.cases[2])
    var first = make()
    _ = first.run()
    let left = first.state.begun.filter { first.state.steps[$0]?.isRolledBack != true }
    #expect(left.map { plan.step($0)?.title } == ["B"])
    first.world.log = []
    var second = SimulatedRun(
      first.world,
      undoing: Undoing(
        run: try #require(first.undoing).run, by: "ana", startedAt: SimulatedRun.moment(0),
        record: nil, steps: left), origin: first.state)
    #expect(second.run() == .ended(.rollbackFailed))
    #expect(second.world.log == ["B (rollback)"])
    #expect(second.state.steps.values.count { $0.isRolledBack == true } == 1)
  }
}
