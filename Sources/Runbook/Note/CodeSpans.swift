/// The code spans in a run of text, by CommonMark's rule: a run of backticks closes at the next run of the same
/// length. Linear: runs are listed once, and each length remembers where it occurs next.
struct CodeSpans {
  /// The bytes of each span, backticks included. In order.
  private(set) var ranges: [Range<Int>] = []

  init(_ bytes: [UInt8], in range: Range<Int>) {
    let runs = Self.runs(bytes, in: range)
    guard runs.count > 1 else { return }
    // For each run, the next one of its length, found from the back.
    var next = [Int](repeating: -1, count: runs.count)
    var latest: [Int: Int] = [:]
    for index in runs.indices.reversed() {
      next[index] = latest[runs[index].range.count] ?? -1
      latest[runs[index].range.count] = index
    }
    var index = 0
    while index < runs.count {
      // An escaped backtick opens nothing by itself, but the run behind it does, one shorter.
      let opener = runs[index]
      let closer = opener.isEscaped ? Self.closer(of: opener, index, runs) : next[index]
      guard closer > index else {
        index += 1
        continue
      }
      let start = opener.range.lowerBound + (opener.isEscaped ? 1 : 0)
      ranges.append(start..<runs[closer].range.upperBound)
      index = closer + 1
    }
  }

  private struct Run {
    let range: Range<Int>
    let isEscaped: Bool
  }

  private static func runs(_ bytes: [UInt8], in range: Range<Int>) -> [Run] {
    var runs: [Run] = []
    var index = range.lowerBound
    var slashes = 0
    while index < range.upperBound {
      guard bytes[index] == UInt8(ascii: "`") else {
        slashes = bytes[index] == UInt8(ascii: "\\") ? slashes + 1 : 0
        index += 1
        continue
      }
      let start = index
      while index < range.upperBound, bytes[index] == UInt8(ascii: "`") { index += 1 }
      runs.append(Run(range: start..<index, isEscaped: slashes % 2 == 1))
      slashes = 0
    }
    return runs
  }

  /// Escaped runs are rare; the search is bounded so that many of them cost no square.
  private static func closer(of opener: Run, _ index: Int, _ runs: [Run]) -> Int {
    let length = opener.range.count - 1
    guard length > 0 else { return -1 }
    for candidate in runs.indices[(index + 1)...].prefix(64)
    where runs[candidate].range.count == length {
      return candidate
    }
    return -1
  }
}
