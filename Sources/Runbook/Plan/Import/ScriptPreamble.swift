/// What has to be said in front of a block, so that it runs as it would have run further down in the script.
struct ScriptPreamble {
  let script: Script
  /// Variables that come by the environment: parameters, and values that were worked out.
  let given: Set<String>

  /// Indices of units before a position: settings and functions that it needs.
  ///
  /// - Parameter valuesOnly: for another host, where neither folders nor options of this one count.
  func units(before position: Int, for effects: ScriptEffects, valuesOnly: Bool = false) -> [Int] {
    var needed = effects.uses
    if !valuesOnly { needed.formUnion(exported(before: position)) }
    var calls = effects.calls
    var found: Set<Int> = []
    var count = -1
    // A function may call another one that is defined below it.
    while found.count > count {
      count = found.count
      var open = needed
      for index in script.units[..<position].indices.reversed() {
        let unit = script.units[index]
        switch unit.use {
        case .computed(let name) where given.contains(name): open.remove(name)
        case .function(let name) where !valuesOnly && calls.contains(name):
          found.insert(index)
          let own = script.functionEffects[name] ?? ScriptEffects()
          needed.formUnion(own.uses)
          open.formUnion(own.uses)
          calls.formUnion(own.calls)
        case .setting where isNeeded(unit, open, valuesOnly):
          found.insert(index)
          open.subtract(unit.effects.surelySets)
          open.formUnion(unit.effects.uses)
          needed.formUnion(unit.effects.uses)
          calls.formUnion(unit.effects.calls)
        default: continue
        }
      }
    }
    return exports(before: position, with: found, valuesOnly)
  }

  private func isNeeded(_ unit: ScriptUnit, _ open: Set<String>, _ valuesOnly: Bool) -> Bool {
    let leaks = unit.effects.sets.contains { ScriptEffects.Leak.isLeak($0) }
    if leaks { return !valuesOnly }
    return !unit.effects.sets.isDisjoint(with: open)
  }

  /// What the programs that a block calls can see, whether its text names it or not.
  private func exported(before position: Int) -> Set<String> {
    script.units[..<position].reduce(into: []) { names, unit in
      guard unit.use == .setting, unit.command?.name == "export" else { return }
      names.formUnion(unit.effects.sets)
      names.formUnion(script.exportedNames(unit))
    }
  }

  /// `export NAME` counts where the block says what NAME is.
  private func exports(before position: Int, with found: Set<Int>, _ valuesOnly: Bool) -> [Int] {
    let set = found.reduce(into: Set<String>()) { $0.formUnion(script.units[$1].effects.sets) }
    let exports = script.units[..<position].indices.filter { index in
      script.units[index].use == .setting
        && !set.isDisjoint(with: script.exportedNames(script.units[index]))
    }
    return withoutOldSwitches(found.union(valuesOnly ? [] : Set(exports)).sorted())
  }

  /// Of `set +e` and `set -e` in turn only the last counts.
  private func withoutOldSwitches(_ units: [Int]) -> [Int] {
    let switches = units.filter { index in
      guard let command = script.units[index].command, command.name == "set",
        command.words.count == 2
      else { return false }
      return command.words[1].literal == "+e" || command.words[1].literal == "-e"
    }
    let old = Set(switches.dropLast())
    return units.filter { !old.contains($0) }
  }
}
