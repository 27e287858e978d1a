extension ScriptNote {
  mutating func point(_ unit: ScriptUnit, _ message: String) {
    notices.append(ImportNotice(line: script.line(of: unit), message: message))
  }

  mutating func pointOut(_ steps: [ScriptSteps.Step]) {
    for (index, unit) in script.units.enumerated() {
      switch unit.use {
      case .atEnd:
        point(
          unit,
          "the trap became an `always` block, which runs at the very end of the run"
            + (hasGate ? ", if it came as far as this line" : ""))
      case .command where script.hasExitTrap(unit):
        point(unit, "the trap stays where it is: \(reasonToStay(trap: index))")
      case .secret(let name):
        point(
          unit, "\(name) looks secret: its value is not in the note, give it by the environment")
      case .setting where unit.command?.name == "trap":
        point(unit, "a trap: each block has it; what it undoes is better in a `rollback` block")
      case .setting where ["source", "."].contains(unit.command?.name ?? ""):
        point(unit, "each block reads this file again; what it sets may be better in params")
      default: break
      }
      if unit.isRun { pointOut(command: unit, index) }
    }
    for join in joins { pointOut(join) }
    if !isStrict { notices.append(ImportNotice(line: 1, message: options.reason)) }
  }

  private func reasonToStay(trap index: Int) -> String {
    guard script.exitTrap(script.units[index]) != nil else {
      return "only the script knows whether and how it is set"
    }
    return script.reasonToStay(trap: index) ?? "the commands around it are one block"
  }

  private mutating func pointOut(command unit: ScriptUnit, _ index: Int) {
    if !unit.effects.arguments.isEmpty {
      let names = unit.effects.arguments.sorted().map { "$\($0)" }.joined(separator: ", ")
      point(unit, "uses \(names): a note has no arguments, so these are empty")
    }
    if script.asks(unit) != nil { point(unit, "asks in the terminal: the block is `interactive`") }
    if unit.effects.sets.contains(ScriptEffects.Leak.descriptors.rawValue) {
      point(unit, "redirects what follows: the run keeps its logs itself")
    }
    let isCall = script.commands(in: unit).contains { $0.name == "ssh" }
    if isCall, remote(index) == nil {
      point(unit, "calls ssh with more than host= can say: the block still calls it from here")
    }
  }

  private mutating func pointOut(_ join: Script.Join) {
    let units = join.units.filter { script.units[$0].isRun }
    guard units.count > 1, let first = units.first, let last = units.last else { return }
    let from = script.line(of: script.units[first])
    let to = script.units[last].lines.upperBound
    let reasons = join.reasons.map { name in
      switch ScriptEffects.Leak(rawValue: name) {
      case .folder: "the folder they run in"
      case .options: "options of the shell"
      case .ending: "an exit that ends the script well"
      case .descriptors: "redirections"
      case .jobs: "processes in the background"
      case .status: "$?"
      case nil: "$\(name)"
      }
    }
    notices.append(
      ImportNotice(
        line: from,
        message:
          "lines \(from) to \(to) stay one block: they share \(reasons.joined(separator: ", "))"))
  }
}
