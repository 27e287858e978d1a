/// Finds what a misspelt word was meant to be.
public enum Spelling {
  /// The nearest candidate, if it is near enough to be a slip.
  ///
  /// - Parameter limit: the most edits; without it one, and two from six letters on.
  public static func nearest(
    to word: String, among candidates: some Sequence<String>, atMost limit: Int? = nil,
    ignoringCase: Bool = false
  ) -> String? {
    let limit = limit ?? (word.count >= 6 ? 2 : 1)
    let form: (String) -> [Unicode.Scalar] = {
      Array((ignoringCase ? $0.lowercased() : $0).unicodeScalars)
    }
    let wanted = form(word)
    var best: (distance: Int, candidate: String)?
    for candidate in candidates {
      let other = form(candidate)
      // The lengths alone tell that most are too far.
      guard abs(other.count - wanted.count) <= limit else { continue }
      let distance = distance(wanted, other)
      if distance <= limit, distance < best?.distance ?? .max {
        best = (distance, candidate)
      }
    }
    return best?.candidate
  }

  /// Edits (insert, delete, replace, swap of neighbours) from one word to the other.
  static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforePrevious = [Int](repeating: 0, count: right.count + 1)
    var previous = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      for column in 0..<right.count {
        let replaced = previous[column] + (left[row] == right[column] ? 0 : 1)
        var cost = min(replaced, previous[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, beforePrevious[column - 1] + 1)
        }
        current.append(cost)
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[right.count]
  }
}
