import Testing

@testable import Runbook

/// What menus offer, what a person's time counts for.
struct MenuTests {
  private static func events(_ scenario: Scenario) throws -> [RunEvent] {
    var run = scenario.run(scenario.world(try scenario.plan()))
    _ = run.run()
    return run.events
  }

  /// Of all that any scenario asks.
  @Test(arguments: Scenario.all) func aKeyMeansOneThingInAMenu(_ scenario: Scenario) throws {
    for case .asked(let question) in try Self.events(scenario).map(\.kind) {
      #expect(Set(question.choices.map(\.key)).count == question.choices.count, "\(question)")
      // Nothing is done to somebody who did not know of it.
      #expect(question.seconds == nil || question.otherwise != nil, "\(question)")
      for choice in question.choices where [.rollback, .cancel, .no, .done].contains(choice) {
        let says = question.effect(of: choice) != nil
        #expect(says || question.topic.kind == .manual && choice == .done, "\(question)")
      }
    }
  }

  @Test func aKeyMeansTheSameInAllMenus() {
    let byKey = Dictionary(grouping: Answer.Choice.allCases, by: \.key).values.map(Set.init)
    let shared = Set(byKey.filter { $0.count > 1 })
    #expect(shared == [[.retry, .run], [.rollback, .cancel], [.background, .leave]])
  }

  // MARK: A person's time

  private static func took(_ title: String, _ scenario: Scenario) throws -> Double? {
    let plan = try scenario.plan()
    for case .stepEnded(let end) in try events(scenario).map(\.kind)
    where plan.step(end.step)?.title == title { return end.took }
    return nil
  }

  @Test func waitingIsNoWork() throws {
    // The answer takes two seconds, each try one.
    let retried = Scenario(
      name: "", text: "- [ ] P\n  - [ ] C\n    | exit 4; ok", answers: ["failure: retry"],
      hasTerminal: true, status: 0)
    #expect(try Self.took("C", retried) == 2)
    #expect(try Self.took("P", retried) == 2)
    let manual = Scenario(
      name: "", text: "- [ ] Look\n- [ ] C\n  | ok", answers: ["manual: done"], hasTerminal: true,
      status: 0)
    #expect(try Self.took("Look", manual) == nil)
    let state = RunState(try Self.events(manual))
    #expect(state.workSeconds == 1)
    #expect(state.waits.map(\.seconds) == [2])
    #expect(state.waits.first?.step == (try manual.plan()).steps[0].id)
  }

  /// It runs on meanwhile, so that time is its own.
  @Test func whatRunsIsNotWaitedFor() throws {
    let scenario = Scenario(
      name: "", text: "- [ ] C\n  | ok after 12 {timeout=5}", answers: ["timeout: wait wait"],
      hasTerminal: true, status: 0)
    #expect(try Self.took("C", scenario) == 12)
    #expect(RunState(try Self.events(scenario)).waits.isEmpty)
  }

  @Test func aPauseIsAWait() {
    var state = RunState()
    func event(_ number: Int, _ uptime: Double, _ kind: RunEvent.Kind) {
      state.apply(
        RunEvent(
          number: number, at: SimulatedRun.moment(uptime), uptime: uptime,
          kind: SecretMask.none.mask(kind)))
    }
    let step = StepID("Look")
    let info = RunnerInfo(pid: 1, bootID: "b", canAsk: false)
    event(1, 0, .runStarted(SimulatedRun.header(RunOptions())))
    event(2, 0, .runner(info))
    event(3, 0, .stepStarted(RunEvent.StepStarted(step: step)))
    event(4, 1, .paused(RunEvent.Paused(step: step, reason: "a person does this step")))
    #expect(state.work(of: step, at: 3000) == 1)
    event(5, 5000, .runner(info))
    #expect(state.waits.map(\.seconds) == [4999])
    #expect(state.work(of: step, at: 5002) == 3)
    #expect(state.workSeconds == 1)
  }
}
