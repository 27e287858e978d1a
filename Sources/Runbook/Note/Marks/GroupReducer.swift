/// Finds all groups on a line, also those that only come to be when one inside them is taken away. One pass with
/// a stack, so that a hostile line costs no square.
enum GroupReducer {
  static func groups(in range: Range<Int>, of bytes: [UInt8]) -> [(ItemGroup, Range<Int>)] {
    var kept: [UInt8] = []
    var offsets: [Int] = []
    var found: [(ItemGroup, Range<Int>)] = []
    for index in range {
      kept.append(bytes[index])
      offsets.append(index)
      guard bytes[index] == UInt8(ascii: "]"), isEnd(index + 1, range, bytes),
        let (group, start) = ItemGroupGrammar.group(endingAt: kept),
        start > 0, kept[start - 1] == 0x20
      else { continue }
      let place = offsets[start - 1]..<index + 1
      // A group around others replaces them.
      while let last = found.last, last.1.lowerBound >= place.lowerBound { found.removeLast() }
      found.append((group, place))
      kept.removeLast(kept.count - start + 1)
      offsets.removeLast(offsets.count - start + 1)
    }
    return found
  }

  private static func isEnd(_ index: Int, _ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
    guard index < range.upperBound else { return true }
    return NoteText.isBlank(bytes[index]) || bytes[index] == UInt8(ascii: "\\")
  }
}
