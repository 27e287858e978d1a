import Testing

@testable import Runbook

/// Where the file system has no files without names, the record stands under a dot-file's name while it is written.
@Suite(.enabled(if: CrashScratch.hasStrace, "needs strace"))
struct RecordDraftTests {
  @Test func aRunnerKilledMeanwhileLeavesNone() async throws {
    let first = try CrashScratch()
    let opened = try await draft(first, calls: ["openat"])
    let number = try #require(opened.calls.firstIndex { $0.text.contains("O_TMPFILE") }) + 1
    let scratch = try CrashScratch()
    _ = try await draft(
      scratch, calls: ["openat", "renameat2"],
      options: [
        "-e", "inject=openat:error=EOPNOTSUPP:when=\(number)", "-e",
        "inject=renameat2:signal=KILL:when=1",
      ])
    let left = scratch.names("vault/Runs")
    try #require(left.count == 1 && left.allSatisfy { $0.hasPrefix(".runbook-") }, "\(left)")
    #expect(try await scratch.run(["resume"]).status == 0)
    #expect(scratch.trace == CrashPlan.linear.trace)
    let records = scratch.names("vault/Runs")
    #expect(records.count == 1 && records.allSatisfy { $0.hasSuffix("note.md") }, "\(records)")
    #expect(scratch.names("vault") == [".obsidian", "Runs", "note.md"])
  }

  /// Runs a note, and traces the calls that name the folder of records: the runner looks at other files as often as its
  /// time allows.
  private func draft(
    _ scratch: CrashScratch, calls: [String], options: [String] = []
  ) async throws -> SystemCalls {
    try scratch.put(CrashPlan.linear.note)
    let folder = "\(scratch.path)/vault/Runs"
    return try await scratch.traced(
      ["exec", "note.md"], calls: calls, options: ["-P", folder] + options
    ).1
  }
}
