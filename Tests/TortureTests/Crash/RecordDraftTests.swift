import Testing

@testable import Runbook

/// Where the file system has no files without names, the record stands under a dot-file's name while it is written.
@Suite(.enabled(if: CrashScratch.hasStrace, "needs strace"))
struct RecordDraftTests {
  @Test func aRunnerKilledMeanwhileLeavesNone() async throws {
    let first = try CrashScratch()
    try first.put(CrashPlan.linear.note)
    let (_, calls) = try await first.traced(["exec", "note.md"], calls: ["openat"])
    let draft = try #require(
      calls.calls.firstIndex { $0.text.contains("O_TMPFILE") && $0.text.contains("/Runs") })

    var scratch = try CrashScratch()
    var left: [String] = []
    // How many files are opened before varies with how often the runner looks: tried until the draft's is met.
    for _ in 0..<30 where left.isEmpty {
      scratch = try CrashScratch()
      try scratch.put(CrashPlan.linear.note)
      _ = try await scratch.traced(
        ["exec", "note.md"], calls: ["openat", "renameat2"],
        options: [
          "-e", "inject=openat:error=EOPNOTSUPP:when=\(draft + 1)", "-e",
          "inject=renameat2:signal=KILL:when=1",
        ])
      left = scratch.names("vault/Runs").filter { $0.hasPrefix(".runbook-") }
    }
    try #require(left.count == 1 && scratch.names("vault/Runs") == left, "\(left)")
    #expect(try await scratch.run(["resume"]).status == 0)
    #expect(scratch.trace == CrashPlan.linear.trace)
    let records = scratch.names("vault/Runs")
    #expect(records.count == 1 && records.allSatisfy { $0.hasSuffix("note.md") }, "\(records)")
    #expect(scratch.names("vault") == [".obsidian", "Runs", "note.md"])
  }
}
