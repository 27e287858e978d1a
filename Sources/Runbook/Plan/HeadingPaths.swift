/// The headings above each line of a note.
struct HeadingPaths {
  private let headings: [Heading]
  private let lines: [Int]
  /// For each heading, the indices of the headings that it stands under, itself last.
  private let chains: [[Int]]

  init(_ note: Note) {
    headings = note.headings.filter(\.isTopLevel)
    lines = headings.map(\.line)
    var chains: [[Int]] = []
    var open: [Int] = []
    for (index, heading) in headings.enumerated() {
      while let last = open.last, headings[last].level >= heading.level { open.removeLast() }
      open.append(index)
      chains.append(open)
    }
    self.chains = chains
  }

  /// The headings that a line (0-based) stands under, outermost first.
  func chain(at line: Int) -> [Heading] {
    var low = 0
    var high = lines.count
    while low < high {
      let middle = (low + high) / 2
      if lines[middle] <= line { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? [] : chains[low - 1].map { headings[$0] }
  }

  func path(at line: Int) -> [String] { chain(at: line).map(\.text) }
}
