/// A difference between what a note could execute and what it can execute now.
public struct ExecutableChange: Sendable, Equatable {
  public enum Kind: String, Sendable {
    case new, changed, removed
    /// The same parts, in another order or at other steps.
    case moved
  }

  public let kind: Kind
  public let title: String
  /// With `+`, `-` or a blank in front.
  public let lines: [String]

  /// In the order of the note. Empty where nothing changed. Takes time in proportion to the parts.
  public static func between(
    _ old: [ExecutablePart], _ new: [ExecutablePart]
  ) -> [ExecutableChange] {
    if old == new { return [] }
    let missing = without(new, old)
    var byTitle = Dictionary(grouping: missing.indices.reversed(), by: { missing[$0].title })
    var paired: Set<Int> = []
    var changes: [ExecutableChange] = []
    for part in without(old, new) {
      let index = byTitle[part.title]?.popLast()
      if let index { paired.insert(index) }
      let before = index.map { missing[$0] }
      changes.append(
        ExecutableChange(
          kind: before == nil ? .new : .changed, title: part.title,
          lines: LineDiff.lines(before?.text ?? [], part.text)))
    }
    changes += missing.indices.filter { !paired.contains($0) }.map {
      ExecutableChange(
        kind: .removed, title: missing[$0].title, lines: LineDiff.lines(missing[$0].text, []))
    }
    return changes.isEmpty
      ? [
        ExecutableChange(
          kind: .moved, title: "the order of the steps, or whose a block is", lines: [])
      ]
      : changes
  }

  /// Those of `parts` that `others` has not, or not so often.
  private static func without(
    _ others: [ExecutablePart], _ parts: [ExecutablePart]
  ) -> [ExecutablePart] {
    var counts: [String: Int] = [:]
    for part in others { counts[part.digest, default: 0] += 1 }
    return parts.filter { part in
      guard let count = counts[part.digest], count > 0 else { return true }
      counts[part.digest] = count - 1
      return false
    }
  }
}
