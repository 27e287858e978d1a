/// Refuses, before cmark sees it, text that libcmark 0.30.2 needs more than linear time for.
enum ParseGuard {
  static func check(_ bytes: [UInt8], _ lines: LineTable, from bodyLine: Int) throws(NoteProblem) {
  }
}
