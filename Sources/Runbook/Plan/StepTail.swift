/// Peels off the end of a step's text what is not its words: white space, `^id`, `{…}`, tags, inline fields
/// and the fields of the Tasks plugin. Works on bytes, from the end, in one pass.
struct StepTail {
  private let bytes: [UInt8]
  private(set) var body: Range<Int>
  private(set) var blockID: String?
  private(set) var attributes: Range<Int>?

  init(bytes: [UInt8], text: Range<Int>) {
    self.bytes = bytes
    body = text
  }

  mutating func peel() {
    trimEnd()
    peelBlockID()
    while peelAttributes() || peelWord() || peelField() {}
  }

  private mutating func cut(to end: Int) {
    body = body.lowerBound..<max(body.lowerBound, end)
    trimEnd()
  }

  private mutating func trimEnd() {
    var end = body.upperBound
    while end > body.lowerBound, Self.isSpace(bytes[end - 1]) { end -= 1 }
    body = body.lowerBound..<end
  }

  /// Only the very end of the line can be a block id.
  private mutating func peelBlockID() {
    let word = lastWord
    guard word.count > 1, bytes[word.lowerBound] == UInt8(ascii: "^"),
      bytes[(word.lowerBound + 1)..<word.upperBound].allSatisfy({
        $0 == UInt8(ascii: "-") || ($0 != UInt8(ascii: "_") && VariableName.isNameByte($0))
      })
    else { return }
    blockID = String(decoding: bytes[(word.lowerBound + 1)..<word.upperBound], as: UTF8.self)
    cut(to: word.lowerBound)
  }

  private mutating func peelAttributes() -> Bool {
    guard attributes == nil, !body.isEmpty, bytes[body.upperBound - 1] == UInt8(ascii: "}")
    else { return false }
    var depth = 0
    var index = body.upperBound - 1
    while index >= body.lowerBound {
      if bytes[index] == UInt8(ascii: "}") { depth += 1 }
      if bytes[index] == UInt8(ascii: "{") { depth -= 1 }
      if depth == 0 { break }
      index -= 1
    }
    guard depth == 0, index == body.lowerBound || Self.isSpace(bytes[index - 1]) else {
      return false
    }
    attributes = index..<body.upperBound
    cut(to: index)
    return true
  }

  /// A tag, or a date or priority that the Tasks plugin wrote.
  private mutating func peelWord() -> Bool {
    let word = lastWord
    guard !word.isEmpty else { return false }
    let text = String(decoding: bytes[word], as: UTF8.self)
    if TasksField.isTag(text) || TasksField.isPriority(text) {
      cut(to: word.lowerBound)
      return true
    }
    guard let start = TasksField.start(in: bytes, before: body) else { return false }
    cut(to: start)
    return true
  }

  /// `[key:: value]` or `(key:: value)`, ours or another tool's, and the ` · ` in front of it.
  private mutating func peelField() -> Bool {
    guard let start = InlineFields.start(endingAt: body, in: bytes) else { return false }
    cut(to: start)
    let separator = Array(" ·".utf8)
    if bytes[body].suffix(separator.count).elementsEqual(separator) {
      cut(to: body.upperBound - separator.count)
    }
    return true
  }

  private var lastWord: Range<Int> {
    var start = body.upperBound
    while start > body.lowerBound, !Self.isSpace(bytes[start - 1]) { start -= 1 }
    return start..<body.upperBound
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (0x09...0x0D).contains(byte)
  }
}
