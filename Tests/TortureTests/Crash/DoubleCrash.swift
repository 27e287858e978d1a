import Testing

@testable import Runbook

/// One run whose runner and supervisor are both killed, as when the machine goes down: then nobody knows how the block
/// that ran ended. Each `resume` is told to run it again, and the record must say so.
struct DoubleCrash {
  private let plan: CrashPlan
  private let moments: [SystemCalls.Moment]
  private let scratch: CrashScratch
  private var random: SeededGenerator
  private(set) var kills = 0
  private(set) var violations: [String] = []

  init(_ plan: CrashPlan, _ moments: [SystemCalls.Moment], seed: UInt64) throws {
    self.plan = plan
    self.moments = moments
    random = SeededGenerator(seed: seed)
    for _ in 0..<8 { _ = random.next() }
    scratch = try CrashScratch()
  }

  mutating func run() async throws {
    try scratch.put(plan.note)
    for most in [1, Int.random(in: 0...2, using: &random)] {
      for _ in 0..<most {
        guard let moment = moments.randomElement(using: &random) else { return }
        let result = try await scratch.killed(try arguments, at: moment)
        guard result.status == 137 else { break }
        scratch.killSupervisors()
        kills += 1
      }
    }
    for _ in 0..<3 {
      if let run = try scratch.latest, run.state.isRecorded { break }
      _ = try await scratch.run(try arguments)
    }
    try judge()
  }

  private var arguments: [String] {
    get throws {
      guard let run = try scratch.latest else { return ["exec", "note.md"] }
      return ["resume", run.id.text, "--on-ambiguous", "rerun"]
    }
  }

  private mutating func judge() throws {
    guard let run = try scratch.latest, run.state.isRecorded else {
      return expect(false, "the run did not end")
    }
    let unknown = run.state.blocks.filter {
      $0.value.attempts.contains { $0.result?.isAmbiguous == true }
    }
    let unfinished = unknown.keys.filter { run.plan.block($0)?.role == .rollback }
    let outcome = run.state.outcome.map { Int($0.exitStatus) }
    expect(outcome == (unfinished.isEmpty ? plan.status : 4), "the outcome: \(outcome ?? -1)")
    let records = scratch.names("vault/Runs")
    let record =
      try records.first.map { try scratch.text("\(scratch.path)/vault/Runs/\($0)") } ?? ""
    expect(records.count == 1 && record.contains("run_id: \(run.id.text)\n"), "\(records)")
    expect(scratch.names("vault") == [".obsidian", "Runs", "note.md"], "\(scratch.names("vault"))")
    let trace = scratch.trace
    for word in plan.trace {
      let count = trace.count { $0 == word }
      let (block, isRollback) = block(of: word, run)
      let tries = run.state.blocks[block]?.attempts ?? []
      let again = tries.count { $0.ambiguity == .rerun }
      // A rollback block of unknown end is not run again, and may have done nothing.
      let least = isRollback && unfinished.contains(block) ? 0 : 1
      expect((least...1 + again).contains(count), "“\(word)” \(count) times: \(trace)")
    }
    let told = record.split(separator: "\n").count { $0.contains("is unknown: run again") }
    let settled = run.state.blocks.values.flatMap(\.attempts).count { $0.ambiguity == .rerun }
    expect(told == settled, "\(settled) were run again, and the record tells of \(told)")
    let first = plan.trace.filter { trace.contains($0) }
    expect(first == trace.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }, "\(trace)")
    let note = try scratch.bytes(scratch.note)
    expect(Note.stripping(note) == Array(plan.note.utf8), "the note is not as it was")
  }

  /// The step's title is the word's last letter; one that begins with `u` is of its rollback block.
  private func block(of word: String, _ run: StoredRun) -> (BlockRef, isRollback: Bool) {
    let isRollback = word.count > 1
    let title = word.suffix(1).uppercased()
    let step = run.plan.steps.first { $0.title == title }
    let index = step?.blocks(isRollback ? .rollback : .run).first ?? 0
    return (BlockRef(step: step?.id ?? StepID(title), index: index), isRollback)
  }

  private mutating func expect(_ holds: Bool, _ words: String) {
    if !holds { violations.append("\(plan), \(kills) kills: \(words)") }
  }
}
