extension Script {
  /// Ranges of units that must run in one shell, since one leaves to another what nothing else can carry over.
  /// A computed value inside such a range is worked out there.
  mutating func join() -> [Join] {
    var joins: [Join] = []
    while true {
      joins = joined()
      let inside = joins.flatMap { $0.units }.first { index in
        switch units[index].use {
        case .computed, .atEnd: true
        default: false
        }
      }
      guard let inside else { return joins }
      units[inside].use = .command
      leaveToCommands()
    }
  }

  /// Units that are one block, and for what.
  struct Join: Equatable {
    var units: ClosedRange<Int>
    var reasons: [String]
  }

  private func joined() -> [Join] {
    var joins: [Join] = []
    for index in units.indices where units[index].isRun {
      for name in units[index].effects.sets.sorted() where units[index].use == .command {
        guard let last = lastUser(of: name, after: index) else { continue }
        add(Join(units: index...last, reasons: [name]), to: &joins)
      }
      if units[index].use == .command, hasExitTrap(units[index]) {
        add(Join(units: index...lastNeeded(byTrap: index), reasons: []), to: &joins)
      }
      // `$?` is that of the command before.
      if units[index].effects.uses.contains(ScriptEffects.Leak.status.rawValue),
        let before = units[..<index].lastIndex(where: { $0.isRun })
      {
        add(Join(units: before...index, reasons: [ScriptEffects.Leak.status.rawValue]), to: &joins)
      }
    }
    return joins
  }

  private func add(_ join: Join, to joins: inout [Join]) {
    var new = join
    while let index = joins.firstIndex(where: { $0.units.overlaps(new.units) }) {
      let old = joins.remove(at: index)
      let first = min(old.units.lowerBound, new.units.lowerBound)
      new.units = first...max(old.units.upperBound, new.units.upperBound)
      new.reasons = old.reasons + new.reasons.filter { !old.reasons.contains($0) }
    }
    joins.append(new)
    joins.sort { $0.units.lowerBound < $1.units.lowerBound }
  }

  /// All that runs after it, and functions that it calls.
  private func lastNeeded(byTrap index: Int) -> Int {
    units.indices.last { later in
      guard later > index else { return false }
      return units[later].isRun
        || function(definedBy: units[later]).map { units[index].effects.calls.contains($0) }
          ?? false
    } ?? index
  }

  private func lastUser(of name: String, after index: Int) -> Int? {
    let leak = ScriptEffects.Leak(rawValue: name)
    var last: Int?
    for later in units.indices where later > index {
      let effects = units[later].effects
      let isUser: Bool
      switch units[later].use {
      case .command, .computed:
        isUser = leak?.concernsAll ?? false || effects.uses.contains(name)
      case .setting: isUser = effects.uses.contains(name)
      default: isUser = false
      }
      if isUser { last = later }
      if leak == nil, effects.surelySets.contains(name), isSetAnew(later, name) { return last }
    }
    // Settings at the end that nobody needs are not worth a longer block.
    return last
  }

  /// From here on nobody sees the value of before.
  private func isSetAnew(_ index: Int, _ name: String) -> Bool {
    switch units[index].use {
    case .command, .computed, .setting: true
    default: false
    }
  }
}
