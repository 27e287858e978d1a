import Glibc
import Testing

@testable import Runbook

/// Runner and supervisor killed together: 24 times, 400 with `RUNBOOK_TORTURE=long`.
@Suite(.enabled(if: CrashScratch.hasStrace, "needs strace"), .serialized)
struct DoubleCrashTests {
  private static let seed =
    getenv("RUNBOOK_SEED").flatMap { UInt64(String(cString: $0)) }
    ?? UInt64.random(in: 1...UInt64(UInt32.max))
  private static let wanted =
    getenv("RUNBOOK_TORTURE").map { String(cString: $0) } == "long" ? 400 : 24

  @Test func nothingIsRunAgainUnsaid() async throws {
    let plans = [CrashPlan.linear, .failing]
    var moments: [[SystemCalls.Moment]] = []
    for plan in plans {
      let scratch = try CrashScratch()
      try scratch.put(plan.note)
      let (result, calls) = try await scratch.traced(["exec", "note.md"])
      try #require(result.status == plan.status)
      moments.append(calls.moments)
    }
    var kills = 0
    var violations: [String] = []
    var course = 0
    while kills < Self.wanted, violations.count < 20 {
      let number = course % plans.count
      var crash = try DoubleCrash(
        plans[number], moments[number], seed: Self.seed &+ UInt64(course) &* 0x9E37_79B9_7F4A_7C15)
      try await crash.run()
      for violation in crash.violations { print("VIOLATION in course \(course): \(violation)") }
      kills += crash.kills
      violations += crash.violations
      course += 1
    }
    print(
      "seed \(Self.seed): \(course) runs, \(kills) double kills, \(violations.count) violations")
    #expect(violations.isEmpty, "RUNBOOK_SEED=\(Self.seed)")
  }
}
