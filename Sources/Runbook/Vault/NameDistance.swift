/// How near two names are: the least number of inserted, deleted, replaced or swapped neighbouring characters.
enum NameDistance {
  static func between(_ one: String, _ other: String) -> Int {
    let left = Array(one.lowercased())
    let right = Array(other.lowercased())
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 1...left.count {
      var current = [row]
      current.reserveCapacity(right.count + 1)
      for column in 1...right.count {
        let same = left[row - 1] == right[column - 1]
        var best = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (same ? 0 : 1))
        if row > 1, column > 1, left[row - 1] == right[column - 2],
          left[row - 2] == right[column - 1]
        {
          best = min(best, beforeLast[column - 2] + 1)
        }
        current.append(best)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }

  /// The nearest of the candidates, if it is near enough to be meant: a third of the name's length.
  static func nearest(to name: String, among candidates: [String]) -> String? {
    let limit = max(1, name.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      // The lengths alone tell that most are too far.
      guard abs(candidate.utf8.count - name.utf8.count) <= limit * 4 else { continue }
      let distance = between(name, candidate)
      guard distance <= limit, distance < best?.distance ?? .max else { continue }
      best = (candidate, distance)
    }
    return best?.name
  }
}
