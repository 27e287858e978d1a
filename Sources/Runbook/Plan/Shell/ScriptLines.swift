/// Which lines of a note the lines of a script are.
public struct ScriptLines: Sendable, Equatable {
  /// The note's file, without its folder.
  let file: String
  /// The note's line that is the script's first, 1-based.
  let first: Int
  let texts: [String]

  init(_ block: Block) {
    file = FilePath.name(of: block.place.file)
    first = block.line + 1
    var texts = String(decoding: block.code, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if texts.last?.isEmpty == true { texts.removeLast() }
    self.texts = texts
  }

  /// - Parameter line: of the script, 1-based; a shell counts one more than there are where the end is missing.
  func place(ofLine line: Int) -> NoteLine? {
    guard (1...texts.count + 1).contains(line), !texts.isEmpty else { return nil }
    return NoteLine(file: file, line: first + min(line, texts.count) - 1)
  }

  /// Where all that is known is that it is one of these.
  var whole: NoteLine? {
    guard !texts.isEmpty else { return nil }
    return NoteLine(
      file: file, line: first, last: texts.count > 1 ? first + texts.count - 1 : nil)
  }

  private static let longest = 72

  /// The text of a line, fit to be shown; nil for several.
  func text(at place: NoteLine) -> String? {
    guard place.last == nil, place.file == file, texts.indices.contains(place.line - first) else {
      return nil
    }
    var text = PlainText.line(texts[place.line - first]).trimmingSpaces
    if text.hasSuffix("\\") { text = String(text.dropLast()).trimmingSpaces }
    return text.count > Self.longest ? "\(text.prefix(Self.longest))…" : text
  }
}

extension Block {
  public var lines: ScriptLines { ScriptLines(self) }
}
