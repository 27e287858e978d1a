/// `trap … EXIT` as a block with `always`. The script runs it only once it came as far as the trap; so does the note,
/// by a value that is captured there.
extension ScriptNote {
  private var trap: Int? {
    script.units.indices.first { index in
      if case .atEnd = script.units[index].use { true } else { false }
    }
  }

  /// Something that may fail runs before the trap is set.
  var hasGate: Bool {
    trap.map { trap in script.units[..<trap].contains { $0.isRun } } ?? false
  }

  private var gate: String {
    let taken = Set(script.parser.assignments.map(\.name) + script.parser.references.map(\.name))
    return taken.contains("TRAP_IS_SET") ? "THE_TRAP_IS_SET" : "TRAP_IS_SET"
  }

  var gateBlock: ScriptBlock {
    ScriptBlock(language: language, attributes: ["capture=\(gate)"], code: "echo yes")
  }

  /// The first unit of all that runs once the trap is set.
  func isFirstBehindGate(_ index: Int) -> Bool {
    guard hasGate, let trap else { return false }
    return index == script.firstRun(after: trap)
  }

  /// What ends the last step.
  func endBlocks() -> [ScriptBlock] {
    guard let trap, case .atEnd(let handler) = script.units[trap].use else { return [] }
    let start = script.firstRun(after: trap)
    let condition = hasGate ? "[ -n \"${\(gate):-}\" ] || exit 0\n" : ""
    let block = ScriptBlock(
      language: language, attributes: ["always"],
      code: condition + head(before: start, script.units[trap].effects) + handler)
    return hasGate && start == script.units.count ? [gateBlock, block] : [block]
  }
}
