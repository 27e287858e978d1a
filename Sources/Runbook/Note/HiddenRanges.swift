/// Whether an offset lies in one of some sorted ranges that don't overlap.
struct HiddenRanges {
  let ranges: [Range<Int>]

  func contains(_ offset: Int) -> Bool { range(around: offset) != nil }

  func range(around offset: Int) -> Range<Int>? {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    guard low < ranges.count, ranges[low].contains(offset) else { return nil }
    return ranges[low]
  }
}
