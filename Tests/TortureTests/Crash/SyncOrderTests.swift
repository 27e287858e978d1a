import Glibc
import Testing

@testable import Runbook

/// Nothing is relied on before it is on disk, by the order of the runner's system calls.
@Suite(.enabled(if: CrashScratch.hasStrace, "needs strace"))
struct SyncOrderTests {
  private static let calls = [
    "write", "pwrite64", "fdatasync", "fsync", "mkdir", "openat", "linkat", "renameat2", "unlinkat",
  ]

  @Test(arguments: [CrashPlan.linear, .failing, .fallback, .conditions, .always])
  func everythingIsSyncedFirst(plan: CrashPlan) async throws {
    let scratch = try CrashScratch()
    try scratch.put(plan.note)
    let (result, calls) = try await scratch.traced(["exec", "note.md"], calls: Self.calls)
    #expect(result.status == plan.status)
    let order = SyncOrder(calls.calls)
    #expect(order.violations == [])
    #expect(order.gates >= plan.trace.count && order.swaps >= 1 && order.isRecorded)
    if plan.description == CrashPlan.fallback.description { #expect(order.stops >= 1) }
  }

  @Test func aLaterRollbackToo() async throws {
    let plan = CrashPlan.undoneLater
    let scratch = try CrashScratch()
    try scratch.put(plan.note)
    #expect(try await scratch.run(["exec", "note.md"]).status == 0)
    let (result, calls) = try await scratch.traced(try scratch.rollback, calls: Self.calls)
    #expect(result.status == plan.status)
    #expect(scratch.trace == plan.trace)
    let order = SyncOrder(calls.calls)
    #expect(order.violations == [])
    #expect(order.gates == 2 && order.swaps >= 1 && order.isRecorded)
  }

  @Test func aResumedRunToo() async throws {
    let scratch = try CrashScratch()
    try scratch.put(CrashPlan.failing.note)
    // In the middle: a gate is open.
    let moment = SystemCalls.Moment(name: "poll", number: 8)
    let killed = try await scratch.killed(["exec", "note.md"], at: moment)
    try #require(killed.status == 137)
    let (result, calls) = try await scratch.traced(["resume"], calls: Self.calls)
    #expect(result.status == CrashPlan.failing.status)
    let order = SyncOrder(calls.calls)
    #expect(order.violations == [])
    #expect(order.gates >= 1 && order.swaps >= 1 && order.isRecorded)
  }

  /// What looks for the wrong order must find it.
  @Test func aSyncLeftOutIsSeen() async throws {
    let scratch = try CrashScratch()
    try scratch.put(CrashPlan.linear.note)
    let (_, calls) = try await scratch.traced(["exec", "note.md"], calls: Self.calls)
    let places = calls.calls.indices.filter { index in
      let call = calls.calls[index]
      return call.name == "fdatasync" && call.file?.hasSuffix("journal.jsonl") == true
        || call.name == "fsync" && call.file?.contains("/ballast") == false
    }
    try #require(places.count > 8)
    let gate = try #require(calls.calls.firstIndex { $0.text.contains("\"g\", 1") })
    for place in places {
      var fewer = calls.calls
      fewer.remove(at: place)
      // Before the first gate a later sync of the same makes up for some.
      let isMadeUpFor = calls.calls[(place + 1)...].prefix { _ in place < gate }.contains {
        $0.name == calls.calls[place].name && $0.file == calls.calls[place].file
      }
      #expect(isMadeUpFor || SyncOrder(fewer).violations != [], "\(calls.calls[place].text)")
    }
  }

  /// A journal that can't be synced, or written: nothing new begins, what was begun is undone, and the run does not
  /// pass for one that was written down.
  @Test(arguments: ["fdatasync", "pwrite64"]) func aJournalThatFails(call: String) async throws {
    let plan = CrashPlan(
      "journal", trace: "a b clean",
      "- [ ] A\n  ```bash\n  echo a >> trace\n  ```\n  ```bash {rollback}\n  echo ua >> trace\n  ```\n"
        + "  ```bash {always}\n  echo clean >> trace\n  ```\n"
        + "- [ ] B\n  ```bash\n  echo b >> trace\n  ```\n  ```bash {rollback}\n  echo ub >> trace\n  ```\n"
    )
    let first = try CrashScratch()
    try first.put(plan.note)
    let (result, calls) = try await first.traced(["exec", "note.md"], calls: Self.calls)
    try #require(result.status == 0 && first.trace == plan.trace)
    let named = calls.calls.filter { $0.name == call }
    let journal = named.indices.filter { named[$0].file?.hasSuffix("journal.jsonl") == true }
    var met = 0
    for index in journal where try await fail(plan, call, number: index + 1) { met += 1 }
    #expect(met >= 5, "\(met) of \(journal.count)")
  }

  /// False where the call was another file's: how often the note is written while a run goes on depends on how long
  /// that takes.
  private func fail(_ plan: CrashPlan, _ call: String, number: Int) async throws -> Bool {
    let scratch = try CrashScratch()
    try scratch.put(plan.note)
    let code = call == "fdatasync" ? "EIO" : "ENOSPC"
    let (result, calls) = try await scratch.traced(
      ["exec", "note.md"], calls: [call],
      options: ["-e", "inject=\(call):error=\(code):when=\(number)"])
    let failed = calls.calls.first { $0.text.contains("(INJECTED)") }
    guard failed?.file?.hasSuffix("journal.jsonl") == true else { return false }
    #expect(result.status == 74, "\(call) \(number): \(result.output)")
    let allowed = [
      ["clean"], ["a", "ua", "clean"], ["a", "b", "ub", "ua", "clean"], ["a", "b", "clean"],
    ]
    #expect(allowed.contains(scratch.trace), "\(call) \(number): \(scratch.trace)")
    // What the journal does not know must not be done again from it.
    let before = scratch.trace
    let hasEnded = try scratch.latest?.state.outcome != nil
    #expect(try scratch.latest?.state.isRecorded != true, "\(call) \(number)")
    let resumed = try await scratch.run(["resume"])
    #expect(resumed.status == (hasEnded ? 0 : 2), "\(call) \(number): \(resumed.output)")
    #expect(scratch.trace == before, "\(call) \(number)")
    let note = try scratch.bytes(scratch.note)
    #expect(Note.stripping(note) == Array(plan.note.utf8))
    #expect(scratch.names("vault") == [".obsidian", "Runs", "note.md"])
    #expect(scratch.names("vault/Runs").count == 1, "\(call) \(number)")
    return true
  }
}
