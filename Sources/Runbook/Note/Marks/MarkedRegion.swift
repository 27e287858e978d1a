/// A run log in a note: blocks of ours with only blank lines between.
struct MarkedRegion {
  let lines: ClosedRange<Int>
  let runs: [String]
  let summaries: Int
  /// What strip takes away.
  let range: Range<Int>
}
