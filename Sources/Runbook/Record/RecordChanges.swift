/// What is different from the last run of the note that went well: the first thing that one asks when it didn't.
struct RecordChanges {
  let plan: Plan
  let header: RunHeader
  let baseline: RunBaseline
  let mask: SecretMask

  private static let limit = 160 << 10
  /// Longer blocks are compared as wholes: a diff of them would take long, and nobody would read it.
  private static let mostLines = 1000

  private struct Place: Hashable {
    let step: StepID
    let role: BlockRole
    /// Among the blocks of that role.
    let number: Int
  }

  var text: String {
    let differences = BoundedText(differences, limit: Self.limit)
    let heading = "## Changed since the last good run\n\n" + other + "\n\n"
    guard !differences.kept.isEmpty || differences.left > 0 else {
      return heading + "Nothing that runs: all blocks are as they were."
    }
    return heading + differences.joined("\n\n") { "\($0) more changed blocks are left out." }
  }

  /// The run that it is compared with, and what is different besides the blocks.
  private var other: String {
    let moment = baseline.startedAt.map { " of \($0.date) \($0.time)" } ?? ""
    let by = baseline.header.map { " by \($0.user)" } ?? ""
    let lines = [commit].compactMap(\.self) + parameters
    return "Compared with the run `\(baseline.run.text)`\(moment)\(by)."
      + (lines.isEmpty ? "" : "\n\n" + lines.map { "- \($0)" }.joined(separator: "\n"))
  }

  private var commit: String? {
    let (old, new) = (baseline.header?.commit, header.commit)
    guard old != new, let old, let new else { return nil }
    return "commit \(RecordProperties.text(old)) → \(RecordProperties.text(new))"
  }

  private var parameters: [String] {
    guard let old = baseline.header?.parameters else { return [] }
    let before = Dictionary(
      old.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    let now = Set(header.parameters.map(\.name))
    return header.parameters.compactMap { parameter in
      let value = value(parameter.value)
      guard let was = before[parameter.name] else { return "new: \(parameter.name) = \(value)" }
      return was == parameter.value ? nil : "\(parameter.name): \(self.value(was)) → \(value)"
    } + old.filter { !now.contains($0.name) }.map { "gone: \($0.name)" }
  }

  /// A secret's is in no journal.
  private func value(_ value: String?) -> String {
    value.map { ValueText.code(mask.mask($0)) } ?? "••••"
  }

  private var differences: [String] {
    let before = Self.blocks(baseline.plan)
    let after = Self.blocks(plan)
    let known = Dictionary(before.map { ($0.place, $0) }, uniquingKeysWith: { first, _ in first })
    let kept = Set(after.map(\.place))
    let changed = after.compactMap { block -> String? in
      let old = known[block.place].map { RecordBlocks.lines($0.block, mask) }
      let new = RecordBlocks.lines(block.block, mask)
      guard let old else { return callout("new", block, new.map { "+ \($0)" }) }
      return old == new ? nil : callout("changed", block, Self.diff(old, new))
    }
    let gone = before.filter { !kept.contains($0.place) }
    return changed
      + gone.map { callout("gone", $0, RecordBlocks.lines($0.block, mask).map { "- \($0)" }) }
  }

  private typealias Entry = (place: Place, step: Step, block: Block)

  private static func blocks(_ plan: Plan) -> [Entry] {
    plan.steps.flatMap { step in
      BlockRole.allCases.flatMap { role in
        step.blocks(role).enumerated().map { number, index in
          (Place(step: step.id, role: role, number: number), step, step.blocks[index])
        }
      }
    }
  }

  private func callout(_ word: String, _ entry: Entry, _ lines: [String]) -> String {
    let role = entry.block.role == .run ? "" : " · \(entry.block.role.rawValue)"
    return LogCallout(
      type: "note", title: "\(word): \(entry.step.title)\(role)", isFolded: true, lines: lines,
      language: "diff"
    ).rendered(mark: nil).joined(separator: "\n")
  }

  /// All lines, with `-` what they were, with `+` what they are.
  static func diff(_ old: [String], _ new: [String]) -> [String] {
    guard max(old.count, new.count) <= mostLines else {
      return ["- \(old.count) lines", "+ \(new.count) lines"]
    }
    return LineDiff.lines(old, new, comparable: 2 * mostLines)
  }
}
