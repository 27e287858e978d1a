import Glibc
import Testing

@testable import Runbook

/// One system call of a run fails, drawn over the whole run: the disk is full, broken or read-only, or there are no
/// descriptors left. 40 faults, 2,000 with `RUNBOOK_TORTURE=long`; `RUNBOOK_SEED` draws the same ones again.
@Suite(.enabled(if: CrashScratch.hasStrace, "needs strace"), .serialized)
struct FaultTests {
  private static let isLong = getenv("RUNBOOK_TORTURE").map { String(cString: $0) } == "long"
  private static let wanted = isLong ? 2_000 : 40
  private static let seed =
    getenv("RUNBOOK_SEED").flatMap { UInt64(String(cString: $0)) }
    ?? UInt64.random(in: 1...UInt64(UInt32.max))

  private static let plans = [CrashPlan.linear, .failing, .nested, .conditions, .always]

  /// Which errors a call may give, by its name.
  private static let errors: [String: [String]] = [
    "write": ["ENOSPC", "EIO"], "pwrite64": ["ENOSPC", "EIO"], "fdatasync": ["EIO", "ENOSPC"],
    "fsync": ["EIO", "ENOSPC"], "ftruncate": ["EIO"], "fallocate": ["ENOSPC", "EIO"],
    "openat": ["EMFILE", "EIO", "EROFS", "ENOSPC"], "mkdir": ["ENOSPC", "EROFS"],
    "mknodat": ["ENOSPC", "EROFS"], "linkat": ["ENOSPC", "EROFS", "EIO"],
    "renameat2": ["EIO", "EROFS", "ENOSPC"], "rename": ["EIO", "EROFS"], "unlink": ["EROFS"],
    "pipe2": ["EMFILE"], "flock": ["ENOLCK"],
  ]

  @Test func drawnCallsFail() async throws {
    var calls: [[SystemCalls.Moment]] = []
    for plan in Self.plans {
      let scratch = try CrashScratch()
      try scratch.put(plan.note)
      let (result, traced) = try await scratch.traced(["exec", "note.md"])
      try #require(result.status == plan.status, "\(plan): \(result.output)")
      calls.append(traced.everyMoment.filter { Self.errors[$0.name] != nil })
    }
    var random = SeededGenerator(seed: Self.seed)
    var violations: [String] = []
    for index in 0..<Self.wanted {
      let number = index % Self.plans.count
      let moment = try #require(calls[number].randomElement(using: &random))
      let error = try #require(Self.errors[moment.name]?.randomElement(using: &random))
      violations += try await FaultCourse(Self.plans[number], moment, error).run()
      if violations.count > 20 { break }
    }
    for violation in violations { print("VIOLATION: \(violation)") }
    print("seed \(Self.seed): \(Self.wanted) faults, \(violations.count) violations")
    #expect(violations.isEmpty, "RUNBOOK_SEED=\(Self.seed)")
  }
}
