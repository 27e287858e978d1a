/// Obsidian's `%% … %%` comments and `$$` math, which CommonMark takes for text. Both are looked for in text
/// only: not in code, HTML or front matter.
struct NoteComments {
  private(set) var comments: [Range<Int>] = []
  private(set) var openComment: Int?
  private(set) var openMath: Int?

  private struct Mark {
    let offset: Int
    let isMath: Bool
  }

  init(_ bytes: [UInt8], _ lines: LineTable, _ blocks: [MarkdownBlock]) {
    var marks: [Mark] = []
    for block in blocks {
      switch block.kind {
      case .paragraph, .heading:
        let range = block.start..<max(block.start, lines.content(of: block.lastLine).upperBound)
        Self.find(in: range, bytes, &marks)
      default: continue
      }
    }
    pair(marks)
  }

  private static func find(in range: Range<Int>, _ bytes: [UInt8], _ marks: inout [Mark]) {
    var index = range.lowerBound
    var spans: ArraySlice<Range<Int>>?
    while index + 1 < range.upperBound {
      let byte = bytes[index]
      guard byte == bytes[index + 1], byte == UInt8(ascii: "%") || byte == UInt8(ascii: "$") else {
        index += 1
        continue
      }
      var rest = spans ?? CodeSpans(bytes, in: range).ranges[...]
      while let span = rest.first, span.upperBound <= index { rest = rest.dropFirst() }
      spans = rest
      if let span = rest.first, span.contains(index) {
        index = span.upperBound
      } else {
        marks.append(Mark(offset: index, isMath: byte == UInt8(ascii: "$")))
        index += 2
      }
    }
  }

  /// In order; inside one kind the other is text. A mark that nothing closes opens nothing.
  private mutating func pair(_ marks: [Mark]) {
    let lastComment = marks.last { !$0.isMath }?.offset ?? -1
    let lastMath = marks.last { $0.isMath }?.offset ?? -1
    var open: Mark?
    for mark in marks {
      if let opener = open {
        guard opener.isMath == mark.isMath else { continue }
        if !mark.isMath { comments.append(opener.offset..<mark.offset + 2) }
        open = nil
      } else if mark.offset < (mark.isMath ? lastMath : lastComment) {
        open = mark
      } else if mark.isMath {
        openMath = openMath ?? mark.offset
      } else {
        openComment = openComment ?? mark.offset
      }
    }
  }
}
