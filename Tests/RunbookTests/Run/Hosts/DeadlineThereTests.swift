import Testing

@testable import Runbook

/// The time of a block elsewhere counts from when it runs there, not from when somebody set out for it.
struct DeadlineThereTests {
  /// What the runner waits for when the block was started at second 10, and whatever has happened then.
  private static func wait(
    _ place: String, after events: [(Double, (AttemptRef) -> RunEvent.Kind)]
  ) throws -> Action.Wait {
    let plan = try PlanNote.plan(
      PlanNote.step("{\(place) timeout=4s idle=3s}", front: "inventory: hosts.ini")
    ).plan
    let step = try #require(plan.steps.first)
    let attempt = AttemptRef(BlockRef(step: step.id, index: 0), attempt: 1)
    let started = RunEvent.BlockStarted(
      attempt: attempt, role: .run, folder: "00003-go",
      process: StepProcess(pid: 2, startTime: 3, bootID: "boot"),
      hosts: place.hasPrefix("hosts=") ? ["web1", "web2"] : nil)
    let kinds: [(Double, RunEvent.Kind)] =
      [
        (0, .runStarted(SimulatedRun.header(RunOptions()))),
        (0, .runner(RunnerInfo(pid: 1, bootID: "boot", canAsk: false))),
        (1, .stepStarted(RunEvent.StepStarted(step: step.id))), (10, .blockStarted(started)),
      ] + events.map { ($0.0, $0.1(attempt)) }
    var state = RunState()
    for (number, (uptime, kind)) in kinds.enumerated() {
      state.apply(
        RunEvent(
          number: number + 1, at: SimulatedRun.moment(uptime), uptime: uptime,
          kind: SecretMask.none.mask(kind)))
    }
    guard case .wait(let wait) = decide(plan, state).last else {
      throw Surprise(actions: decide(plan, state))
    }
    return wait
  }

  private struct Surprise: Error {
    let actions: [Action]
  }

  private static func began(_ attempt: AttemptRef) -> RunEvent.Kind {
    .blockBegan(RunEvent.BlockBegan(attempt: attempt))
  }

  @Test(arguments: ["host=prod", "hosts=web"]) func theWayThereIsNotItsTime(_ place: String) throws
  {
    let before = try Self.wait(place, after: [])
    // But it has an end.
    #expect(before.deadline == 10 + RemoteLaunch.longestWay + 4)
    #expect(before.idle == nil)
    let after = try Self.wait(place, after: [(50, Self.began)])
    #expect(after.deadline == 54)
    #expect(after.idle == 3)
  }

  @Test(arguments: ["host=prod", "hosts=web"]) func anExtensionCountsFromItself(
    _ place: String
  ) throws {
    let wait = try Self.wait(
      place,
      after: [
        (50, Self.began), (54, { .overdue(RunEvent.Overdue(attempt: $0, isSilence: false)) }),
        (60, { .extended(RunEvent.Extended(attempt: $0, seconds: 7, isSilence: false)) }),
      ])
    #expect(wait.deadline == 67)
  }

  @Test(arguments: ["", "host=localhost"]) func hereItBeginsAtOnce(_ place: String) throws {
    let wait = try Self.wait(place, after: [])
    #expect(wait.deadline == 14)
    #expect(wait.idle == 3)
  }
}
