/// Refuses, before cmark sees it, text for which libcmark 0.30.2 needs more than linear time. The costs are upper
/// bounds, in steps of cmark's inner loops; a note that people write stays below a hundredth of each budget.
struct ParseGuard {
  /// Every line walks all open containers, blank ones the whole way: about 26 ns a step.
  private static let containerBudget = 15_000_000
  /// Each inline node that is put into the tree walks up to the root: about 2 ns a step.
  private static let inlineBudget = 100_000_000
  /// Each link visits the images that are still open before it: about 3 ns a step.
  private static let imageBudget = 100_000_000

  /// Each costs about 1 µs; nobody nests a hundredth of it.
  private static let depthLimit = 5_000
  /// Characters that may begin an inline node: about 0.7 µs each for `*` and `_`, and 400 bytes with the text around it.
  private static let inlineLimit = 500_000

  private let bytes: [UInt8]
  private let lines: LineTable
  /// How many containers can be open at most.
  private var depth = 0
  private var isAfterBlank = true
  /// The `![` since the last blank line.
  private var images = 0
  private var inlines = 0
  private var containerCost = 0
  private var inlineCost = 0
  private var imageCost = 0

  static func check(_ bytes: [UInt8], _ lines: LineTable, from bodyLine: Int) throws(NoteProblem) {
    var parseGuard = ParseGuard(bytes: bytes, lines: lines)
    for line in bodyLine..<max(bodyLine, lines.count) { try parseGuard.visit(line) }
  }

  private init(bytes: [UInt8], lines: LineTable) {
    self.bytes = bytes
    self.lines = lines
  }

  private mutating func visit(_ line: Int) throws(NoteProblem) {
    let content = lines.content(of: line)
    let prefix = MarkerPrefix(bytes, in: content)
    if prefix.end == content.upperBound, prefix.markers == 0 {
      isAfterBlank = true
      images = 0
    } else {
      let kept = min(depth, prefix.columns / 2) + prefix.markers
      // A line right below a paragraph can continue it lazily, which closes nothing.
      depth = isAfterBlank ? kept : max(depth, kept)
      isAfterBlank = false
      readInlines(prefix.end..<content.upperBound)
    }
    containerCost += depth
    guard containerCost <= Self.containerBudget, inlineCost <= Self.inlineBudget,
      depth <= Self.depthLimit
    else {
      throw NoteProblem(
        "lists and quotes are nested too deeply here to be read in reasonable time", at: content,
        fix: "nest less, or move this text into a note of its own")
    }
    guard imageCost <= Self.imageBudget, inlines <= Self.inlineLimit else {
      throw NoteProblem(
        "too many images, brackets or emphasis marks to be read in reasonable time",
        at: content, fix: "put blank lines between them, or move them into a note of their own")
    }
  }

  private mutating func readInlines(_ range: Range<Int>) {
    var nodes = 1
    for index in range {
      switch bytes[index] {
      case UInt8(ascii: "["):
        nodes += 1
        if index > range.lowerBound, bytes[index - 1] == UInt8(ascii: "!") { images += 1 }
      case UInt8(ascii: "]"):
        nodes += 1
        imageCost += images
      case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "<"),
        UInt8(ascii: "&"), UInt8(ascii: "\\"), UInt8(ascii: "!"):
        nodes += 1
      default: break
      }
    }
    inlines += nodes - 1
    inlineCost += nodes * depth
  }
}
