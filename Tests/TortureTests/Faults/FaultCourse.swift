import Glibc
import Testing

@testable import Runbook

/// One run of a plan in which one system call fails, and what a person does afterwards.
struct FaultCourse {
  private let plan: CrashPlan
  private let moment: SystemCalls.Moment
  private let error: String
  private let scratch: CrashScratch
  private var violations: [String] = []

  init(_ plan: CrashPlan, _ moment: SystemCalls.Moment, _ error: String) throws {
    self.plan = plan
    self.moment = moment
    self.error = error
    scratch = try CrashScratch()
    try scratch.put(plan.note)
  }

  consuming func run() async throws -> [String] {
    let result = try await scratch.failed(["exec", "note.md"], at: moment, with: error)
    try judge(result)
    try await goOn(result)
    return violations
  }

  private mutating func judge(_ result: CrashScratch.Result) throws {
    expect(result.status < 128, "ended with \(result.status)", result)
    try judgeNote(result)
    let trace = scratch.trace
    let allowed = Dictionary(grouping: plan.trace) { $0 }.mapValues(\.count)
    for (word, count) in Dictionary(grouping: trace, by: { $0 }).mapValues(\.count) {
      // A run that stops on its way undoes what it did, though the plan's own end would not.
      let most = allowed[word] ?? (plan.steps.contains("echo \(word) >>") ? 1 : 0)
      expect(count <= most, "\(word) ran \(count) times", result)
    }
    guard result.status == 0 else {
      expect(!result.output.isEmpty, "nothing is said", result)
      return
    }
    expect(trace == plan.trace, "what ran: \(trace)", result)
    // One of the two tells of it, and what is missing is said.
    let note = try scratch.text(scratch.note)
    let tells = note.contains("run_status: succeeded")
    let records = scratch.names("vault/Runs").count
    expect(tells || records == 1, "neither note nor record tells of it: \(note)", result)
    let isSaid = result.output.contains("can't write")
    expect(tells && records == 1 || isSaid, "\(records) records, \(note)", result)
  }

  private mutating func judgeNote(_ result: CrashScratch.Result) throws {
    let note = try scratch.bytes(scratch.note)
    expect(Note.stripping(note) == Array(plan.note.utf8), "the note is not as it was", result)
    expect((try? Note(note)) != nil, "the note can't be parsed", result)
    let names = scratch.names("vault").filter { ![".obsidian", "Runs", "note.md"].contains($0) }
    expect(names.isEmpty, "stray: \(names)", result)
    let records = scratch.names("vault/Runs")
    expect(records.allSatisfy { $0.hasSuffix(".md") && !$0.hasPrefix(".") }, "\(records)", result)
  }

  /// The fault is over: what can be gone on with is, or is given up, and then the note runs as ever.
  private mutating func goOn(_ first: CrashScratch.Result) async throws {
    if let run = try scratch.latest, run.state.outcome == nil {
      let resumed = try await scratch.run(["resume", run.id.text])
      expect(resumed.status < 128, "resume ended with \(resumed.status)", resumed)
      if try scratch.latest?.state.outcome == nil {
        let given = try await scratch.run(["cancel", run.id.text, "--abandon"])
        expect(given.status == 0, "cancel --abandon ended with \(given.status)", given)
      }
      try judgeNote(resumed)
    }
    unlink(scratch.path + "/app/trace")
    let again = try await scratch.run(["exec", "note.md"])
    expect(again.status == plan.status, "exec afterwards ended with \(again.status)", again)
    expect(scratch.trace == plan.trace, "what ran afterwards: \(scratch.trace)", again)
    try judgeNote(again)
  }

  private mutating func expect(_ holds: Bool, _ words: String, _ result: CrashScratch.Result) {
    guard !holds else { return }
    violations.append("\(plan), \(error) at \(moment): \(words)\n\(result.status) \(result.output)")
  }
}
