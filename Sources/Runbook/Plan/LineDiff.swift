/// What became of lines, for all who show it.
enum LineDiff {
  /// All lines, with `-` what they were, with `+` what they are, with a blank what is the same.
  ///
  /// - Parameter comparable: how many lines, old and new, are compared; more are all out and all in, since comparing takes
  ///   time in proportion to the square.
  static func lines(_ old: [String], _ new: [String], comparable: Int = 400) -> [String] {
    guard !old.isEmpty, !new.isEmpty, old.count + new.count <= comparable else {
      return old.map { "- " + $0 } + new.map { "+ " + $0 }
    }
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
