import CPlatform

/// Processes by their parent, found by bisection: a table sorted once instead of a search a process.
struct ChildIndex {
  /// Positions in the list, by parent.
  private let order: [Int]
  private let parents: [Int32]

  init(_ processes: [platform_process]) {
    order = processes.indices.sorted { processes[$0].parent < processes[$1].parent }
    parents = order.map { processes[$0].parent }
  }

  /// Positions in the list that was given.
  func children(of pid: Int32) -> ArraySlice<Int> {
    var low = 0
    var high = parents.count
    while low < high {
      let middle = (low + high) / 2
      if parents[middle] < pid { low = middle + 1 } else { high = middle }
    }
    var end = low
    while end < parents.count, parents[end] == pid { end += 1 }
    return order[low..<end]
  }
}
