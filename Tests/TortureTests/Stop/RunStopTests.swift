import Foundation
import TestSupport
import Testing

/// A step that is stopped leaves nothing, and the services of an earlier one live on: the whole program, alive or killed
/// by then.
@Suite(.serialized) struct RunStopTests {
  /// They mostly sleep.
  private static let atATime = 4

  @Test(arguments: StepShape.allCases) func withItsRunner(_ shape: StepShape) async throws {
    try await tryAll("with its runner", shape) { run, draw in
      if draw.isByCommand { run.program.signal(SIGINT) }
      let status = try await run.program.end()
      let took = SuspendingClock.now - (draw.isByCommand ? run.began : run.deadline)
      try #require(
        status == (draw.isByCommand ? 130 : 124),
        "\(draw): \(run.program.stdout)\(run.program.stderr)")
      try #require(run.left.isEmpty, "\(draw): \(run.left)")
      return took
    }
  }

  /// A later program stops the step, or its deadline holds with no runner at all, and `resume` tells of it.
  @Test(arguments: StepShape.allCases) func withItsRunnerKilled(_ shape: StepShape) async throws {
    try await tryAll("with its runner killed", shape) { run, draw in
      run.program.signal(SIGKILL)
      try #require(try await run.program.end() == 128 + SIGKILL, "\(draw)")
      if draw.isByCommand { return try await stopLater(run, draw) }
      try #require(try await eventually { run.left.isEmpty }, "\(draw): \(run.left)")
      let took = SuspendingClock.now - run.deadline
      let result = try await run.scratch.run(["resume"])
      try #require(result.status == 124, "\(draw): \(result.output)")
      return took
    }
  }

  /// Half the time `cancel --abandon`, else Ctrl-C to a `resume` that has adopted the step.
  private func stopLater(_ run: StoppedRun, _ draw: StopDraw) async throws -> Duration {
    var began = SuspendingClock.now
    if draw.number.isMultiple(of: 2) {
      let result = try await run.scratch.run(["cancel", "--abandon"])
      try #require(result.status == 0, "\(draw): \(result.output)")
    } else {
      let next = try run.scratch.begin(["resume"])
      let hasAdopted = try await eventually {
        try run.scratch.latest?.state.runner?.pid == next.pid
      }
      try #require(hasAdopted, "\(draw): \(next.stdout)\(next.stderr)")
      began = .now
      next.signal(SIGINT)
      try #require(try await next.end() == 130, "\(draw): \(next.stdout)\(next.stderr)")
    }
    let took = SuspendingClock.now - began
    try #require(run.left.isEmpty, "\(draw): \(run.left)")
    return took
  }

  private func tryAll(
    _ way: String, _ shape: StepShape,
    _ stop: @escaping @Sendable (StoppedRun, StopDraw) async throws -> Duration
  ) async throws {
    var draws = StopDraw.all(way, shape)[...]
    var slowest = Duration.zero
    try await withThrowingTaskGroup(of: Duration.self) { group in
      for draw in draws.prefix(Self.atATime) { group.addTask { try await one(draw, shape, stop) } }
      draws = draws.dropFirst(Self.atATime)
      while let took = try await group.next() {
        slowest = max(slowest, took)
        guard let draw = draws.popFirst() else { continue }
        group.addTask { try await one(draw, shape, stop) }
      }
    }
    StopDraw.tell(way, shape, ", \(slowest) at most after its time")
  }

  private func one(
    _ draw: StopDraw, _ shape: StepShape,
    _ stop: (StoppedRun, StopDraw) async throws -> Duration
  ) async throws -> Duration {
    let run = try await StoppedRun.begin(shape, draw)
    let took = try await stop(run, draw)
    #expect(took < StopDraw.grace + StopDraw.slack, "\(draw): \(took)")
    try #require(run.services == run.servicesAtFirst, "\(draw)")
    return took
  }
}
