extension Note {
  /// The wiki links and embeds in a range, outside code spans. A range is one line or block of text: a code
  /// span that begins before it is not seen.
  public func links(in range: Range<Int>) -> [Link] {
    var links: [Link] = []
    var spans = CodeSpans(bytes, in: range).ranges[...]
    var index = range.lowerBound
    while index + 1 < range.upperBound {
      while let span = spans.first, span.upperBound <= index { spans = spans.dropFirst() }
      if let span = spans.first, span.contains(index) {
        index = span.upperBound
      } else if let close = linkEnd(at: index, in: range) {
        links.append(link(index, close))
        index = close + 2
      } else {
        index += 1
      }
    }
    return links
  }

  /// The offset of the `]]` of a link that opens here. A line's end or another `[[` ends the search.
  private func linkEnd(at start: Int, in range: Range<Int>) -> Int? {
    guard NoteText.hasPrefix("[[", at: start, in: bytes) else { return nil }
    var index = start + 2
    while index + 1 < range.upperBound {
      switch bytes[index] {
      case UInt8(ascii: "]") where bytes[index + 1] == UInt8(ascii: "]"):
        return index > start + 2 ? index : nil
      case 10, 13: return nil
      case UInt8(ascii: "[") where bytes[index + 1] == UInt8(ascii: "["): return nil
      default: index += 1
      }
    }
    return nil
  }

  private func link(_ start: Int, _ close: Int) -> Link {
    let isEmbed = start > 0 && bytes[start - 1] == UInt8(ascii: "!")
    var name = start + 2..<close
    var alias: String?
    if let bar = name.first(where: { bytes[$0] == UInt8(ascii: "|") }) {
      alias = text(NoteText.trimmed(bar + 1..<close, in: bytes))
      // In a table the bar is written `\|`.
      let isEscaped = bar > name.lowerBound && bytes[bar - 1] == UInt8(ascii: "\\")
      name = name.lowerBound..<bar - (isEscaped ? 1 : 0)
    }
    var target = name
    var fragment: String?
    if let hash = name.first(where: { bytes[$0] == UInt8(ascii: "#") }) {
      fragment = text(NoteText.trimmed(hash + 1..<name.upperBound, in: bytes))
      target = name.lowerBound..<hash
    }
    return Link(
      isEmbed: isEmbed, target: text(NoteText.trimmed(target, in: bytes)), fragment: fragment,
      alias: alias, range: start - (isEmbed ? 1 : 0)..<close + 2)
  }
}
