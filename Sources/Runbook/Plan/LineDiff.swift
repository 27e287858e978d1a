/// What became of lines.
enum LineDiff {
  /// All lines, with `-` what they were, with `+` what they are, with a blank what is the same. Takes time in proportion
  /// to the square of what differs: callers have a bound.
  static func lines(_ old: [String], _ new: [String]) -> [String] {
    let difference = new.difference(from: old)
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var lines: [String] = []
    var (from, to) = (0, 0)
    while from < old.count || to < new.count {
      if removed.contains(from) {
        lines.append("- \(old[from])")
        from += 1
      } else if inserted.contains(to) {
        lines.append("+ \(new[to])")
        to += 1
      } else {
        lines.append("  \(new[to])")
        from += 1
        to += 1
      }
    }
    return lines
  }
}
