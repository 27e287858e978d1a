import Foundation
import TestSupport
import Testing

extension DeployGround {
  /// Runs the note once for each of its steps. The step does its work and then fails: the site must answer as before, what
  /// is no deploy's must be as it was, and the record must say what was undone.
  ///
  /// A deploy takes seconds, so the short form breaks the steps that have a way back, and the last one, after which all
  /// of it is undone; `--continue-on-error` is given by turns. The long form breaks every step, with that option and
  /// without.
  ///
  /// - Parameters:
  ///   - remade: the step whose failure costs the container itself (see the note), so that it is one like it afterwards.
  ///   - other: a note whose test breaks the steps of the parts that both embed; the short form leaves them to it.
  ///   - matters: of a step's id, whether it is to be broken; those that don't run are not.
  /// - Returns: how many steps can be broken.
  func breakEachStep(
    of note: String, _ added: [String: String] = [:], remade: String? = nil,
    sharedWith other: String? = nil, where matters: (String) -> Bool
  ) async throws -> Int {
    let steps = try await leaves(of: note)
    let running = steps.filter { matters($0.id) }
    var elsewhere: [PlannedStep] = []
    if let other { elsewhere = try await leaves(of: other) }
    try checkTypesQuickly()
    var before = try await state()
    let revision = try await revision()
    let belongings = try await belongings()
    for (step, options) in runs(running, elsewhere) {
      try await change()
      let (result, text) = try await withBroken(step) {
        (try await exec(note, added, options), try runbook.read("vault/\(note).md"))
      }
      let undone = running.prefix { $0.id != step.id }.filter(\.canBeUndone)
      let isRolledBack = !undone.isEmpty || step.canBeUndone
      let context = "\(note), \(step.title) \(options): \(result.stdout)\(result.stderr)"
      #expect(result.status == (isRolledBack ? 3 : 1), "\(context)")
      #expect(try await self.revision() == revision, "\(context)")
      let after = try await state()
      if step.id != remade { #expect(after == before, "\(context)") }
      before = after
      #expect(try await self.belongings() == belongings, "\(context)")
      try expectTold(step, undone, result, text, "\(note), \(step.title)")
    }
    return running.count
  }

  private func runs(
    _ steps: [PlannedStep], _ elsewhere: [PlannedStep]
  ) -> [(step: PlannedStep, options: [String])] {
    let ways: [[String]] = [[], ["--continue-on-error"]]
    if LongForm.isWanted { return steps.flatMap { step in ways.map { (step, $0) } } }
    let broken = steps.filter { step in
      step.id == steps.last?.id
        || step.canBeUndone
          && !elsewhere.contains { $0.file == step.file && $0.title == step.title }
    }
    return broken.enumerated().map { ($1, ways[$0 % ways.count]) }
  }

  func leaves(of note: String) async throws -> [PlannedStep] {
    // Lines count as they are without the marks of a run.
    try runbook.write("vault/\(note).md", try #require(notes["vault/\(note).md"]))
    let plan = try await runbook.run("plan", "vault/\(note).md", "--json")
    try #require(plan.status == 0, "\(plan.stdout)\(plan.stderr)")
    return try PlannedStep.leaves(of: plan.stdout)
  }

  /// The step's last block does what it does, and ends with 9.
  func withBroken<T>(
    _ step: PlannedStep, with last: String = "", _ body: () async throws -> T
  ) async throws -> T {
    let whole = try #require(notes[step.file])
    defer { try? runbook.write(step.file, whole) }
    let fence = try #require(step.blocks.last { $0.role == "run" }).line
    var lines = whole.components(separatedBy: "\n")
    let end = try #require(lines[fence...].firstIndex { $0 == "  ```" })
    lines.insert("  ); \(last)exit 9", at: end)
    lines.insert("  (", at: fence)
    try runbook.write(step.file, lines.joined(separator: "\n"))
    return try await body()
  }

  private func expectTold(
    _ step: PlannedStep, _ undone: [PlannedStep], _ result: RunbookBinary.Result, _ text: String,
    _ context: String
  ) throws {
    let record = try record(of: result)
    let outcome = result.status == 3 ? "rolled back" : "failed"
    for (place, text) in [("record", record), ("note", text)] {
      #expect(text.contains("run_status: \(outcome)\n"), "\(context): \(place)")
      #expect(text.contains("run_failed: ") && text.contains(step.title), "\(context): \(place)")
    }
    let rows = record.split(separator: "\n").filter { $0.hasPrefix("| ") }
    func row(_ step: PlannedStep) -> Substring {
      rows.first { $0.hasPrefix("| \(step.number) |") } ?? ""
    }
    let end = step.canBeUndone ? "failed · rolled back" : "failed"
    #expect(row(step).contains("| \(end) | 9 |"), "\(context): \(row(step))")
    for other in undone {
      #expect(row(other).contains("| rolled back |"), "\(context): \(row(other))")
      // In the note on the step's own line, or, for one of a shared part, in that part's log.
      let isTold = text.split(separator: "\n").contains {
        ($0.hasPrefix("- [ ] \(other.title) [result:: rolled back]"))
          || $0.hasPrefix("> \(other.number) \(other.title) · rolled back")
      }
      #expect(isTold, "\(context): \(other.title) in the note")
    }
  }
}
