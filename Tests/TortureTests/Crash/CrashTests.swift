import Glibc
import Testing

@testable import Runbook

/// The real runner, killed by signal 9 at system calls drawn over the whole run, also while it rolls back and while it
/// resumes: 30 kills, 2,000 with `RUNBOOK_TORTURE=long`. `RUNBOOK_SEED` draws the same ones again, `RUNBOOK_COURSE`
/// only one of them.
@Suite(.enabled(if: CrashScratch.hasStrace, "needs strace"), .serialized)
struct CrashTests {
  private static let isLong = variable("RUNBOOK_TORTURE") == "long"
  private static let wanted = variable("RUNBOOK_KILLS").flatMap { Int($0) } ?? (isLong ? 2_000 : 30)
  private static let seed =
    variable("RUNBOOK_SEED").flatMap { UInt64($0) } ?? UInt64.random(in: 1...UInt64(UInt32.max))
  private static let atATime = 3

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  private struct Tally {
    var courses = 0
    var kills: [String] = []
    var violations: [String] = []
  }

  @Test func killedAtDrawnCalls() async throws {
    let moments = try await Self.coursesWithoutAKill()
    var tally = Tally()
    if let only = Self.variable("RUNBOOK_COURSE").flatMap({ Int($0) }) {
      try await Self.run(only, moments, into: &tally)
    } else {
      try await Self.runAll(moments, &tally)
    }
    let calls = Dictionary(grouping: tally.kills) { $0.split(separator: " ")[0] }
    print(
      "seed \(Self.seed): \(tally.courses) runs, \(tally.kills.count) kills (",
      calls.map { "\($0.value.count) of \($0.key)" }.sorted().joined(separator: ", "),
      "), \(tally.violations.count) violations")
    #expect(tally.violations.isEmpty, "RUNBOOK_SEED=\(Self.seed)")
  }

  private static func runAll(
    _ moments: [[SystemCalls.Moment]], _ tally: inout Tally
  ) async throws {
    try await withThrowingTaskGroup(of: Tally.self) { group in
      var next = 0
      for _ in 0..<atATime {
        group.addTask { [next] in try await one(next, moments) }
        next += 1
      }
      while let result = try await group.next() {
        tally.courses += 1
        tally.kills += result.kills
        tally.violations += result.violations
        guard tally.kills.count < wanted, tally.violations.count < 50 else { continue }
        group.addTask { [next] in try await one(next, moments) }
        next += 1
      }
    }
  }

  private static func run(
    _ index: Int, _ moments: [[SystemCalls.Moment]], into tally: inout Tally
  ) async throws {
    let result = try await one(index, moments)
    tally.courses += 1
    tally.kills += result.kills
    tally.violations += result.violations
  }

  private static func one(_ index: Int, _ moments: [[SystemCalls.Moment]]) async throws -> Tally {
    let number = index % CrashPlan.all.count
    var course = try CrashCourse(
      CrashPlan.all[number], moments[number], seed: seed &+ UInt64(index) &* 0x9E37_79B9_7F4A_7C15)
    try await course.run()
    for violation in course.violations { print("VIOLATION in course \(index): \(violation)") }
    return Tally(kills: course.kills, violations: course.violations)
  }

  /// The moments of each plan's course; of one that waits for a person, those until then and those after.
  private static func coursesWithoutAKill() async throws -> [[SystemCalls.Moment]] {
    var all: [[SystemCalls.Moment]] = []
    for plan in CrashPlan.all {
      let scratch = try CrashScratch()
      try scratch.put(plan.note)
      if plan.isUndoneLater { _ = try await scratch.run(["exec", "note.md"]) }
      let (result, calls) = try await scratch.traced(
        plan.isUndoneLater ? try scratch.rollback : ["exec", "note.md"])
      let wanted = plan.waits ? 75 : plan.status
      try #require(result.status == wanted, "\(plan): \(result.output)")
      if wanted != 75 { try #require(scratch.trace == plan.trace, "\(plan): \(scratch.trace)") }
      all.append(calls.moments)
    }
    return all
  }
}
