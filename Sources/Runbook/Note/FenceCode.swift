/// The code of a fence, repaired where cmark gives spaces for a tab that it ate in part. It counts the fence's
/// indentation in bytes, so in a list that is indented by tabs (as Obsidian writes them) all code of a nested
/// item would get a stray space: Python would not run it.
struct FenceCode {
  private(set) var code: [UInt8]
  /// 0-based lines that could not be repaired, since they are not indented as the opening fence is.
  private(set) var splitTabLines: [Int] = []

  init(bytes: [UInt8], lines: LineTable, raw: BlockReader.RawFence, opening: MarkdownBlock) {
    code = raw.code
    guard raw.contentLines.contains(where: { bytes[lines.content(of: $0)].contains(0x09) }) else {
      return
    }
    let indent = bytes[lines.full(of: opening.line).lowerBound..<opening.start]
    var repaired: [UInt8] = []
    var start = 0
    for line in raw.contentLines {
      let end = raw.code[start...].firstIndex(of: 10) ?? raw.code.count
      let source = lines.content(of: line)
      if !Self.hasSplitTab(bytes, source, code: raw.code[start..<end]) {
        repaired += raw.code[start..<end]
      } else if bytes[source].starts(with: indent) {
        repaired += bytes[source].dropFirst(indent.count)
      } else {
        repaired += raw.code[start..<end]
        splitTabLines.append(line)
      }
      repaired.append(10)
      start = min(end + 1, raw.code.count)
    }
    code = repaired
  }

  /// The same text from the back (what differs is at the front only), then what stands before it.
  private static func hasSplitTab(
    _ bytes: [UInt8], _ source: Range<Int>, code: ArraySlice<UInt8>
  ) -> Bool {
    let spaces = code.prefix { $0 == 0x20 }.count
    // A NUL is three bytes (U+FFFD) in the code: such a line is left as it is.
    guard spaces > 0, !bytes[source].contains(0) else { return false }
    var before = source.upperBound - (code.count - spaces)
    guard before > source.lowerBound else { return false }
    var found = 0
    while before > source.lowerBound, bytes[before - 1] == 0x20, found < spaces {
      before -= 1
      found += 1
    }
    return found < spaces && before > source.lowerBound && bytes[before - 1] == 0x09
  }
}
