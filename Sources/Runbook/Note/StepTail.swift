/// The end of a step's line: `^id`, `{…}`, tags, inline fields and the fields of the Tasks plugin. A plan reads the
/// step's words in front of it, a record puts its fields there, so both go by this. Tasks reads its fields backwards and
/// stops at the first thing that it does not know; so does this: from the end, in one pass.
struct StepTail {
  private let bytes: [UInt8]
  /// What is left in front: the step's words.
  private(set) var body: Range<Int>
  private(set) var blockID: String?
  private(set) var attributes: Range<Int>?
  /// In the order of the line.
  private(set) var tags: [Range<Int>] = []

  /// - Parameter text: the line behind the box, with or without the white space there.
  init(bytes: [UInt8], text: Range<Int>) {
    self.bytes = bytes
    body = text
    trimLineEnd()
    peelBlockID()
    while peelToken() {}
  }

  private mutating func cut(to end: Int) {
    body = body.lowerBound..<max(body.lowerBound, end)
    trim()
  }

  private mutating func trim() {
    var end = body.upperBound
    while end > body.lowerBound, NoteText.isBlank(bytes[end - 1]) { end -= 1 }
    body = body.lowerBound..<end
  }

  /// White space, or the backslash of a hard break (an even number of them is text).
  private mutating func trimLineEnd() {
    let whole = body.upperBound
    trim()
    guard body.upperBound == whole else { return }
    let slashes = bytes[body].reversed().prefix { $0 == UInt8(ascii: "\\") }.count
    if slashes % 2 == 1 { cut(to: body.upperBound - 1) }
  }

  /// Only the very end of the line can be a block id.
  private mutating func peelBlockID() {
    let word = lastWord
    guard word.count > 1, bytes[word.lowerBound] == UInt8(ascii: "^"),
      bytes[(word.lowerBound + 1)..<word.upperBound].allSatisfy({
        TaskFields.isNameByte($0) && $0 != UInt8(ascii: "_")
      })
    else { return }
    blockID = String(decoding: bytes[(word.lowerBound + 1)..<word.upperBound], as: UTF8.self)
    cut(to: word.lowerBound)
  }

  private mutating func peelToken() -> Bool {
    guard !body.isEmpty else { return false }
    let word = lastWord
    if let start = attributeStart {
      attributes = start..<body.upperBound
      cut(to: start)
    } else if TaskFields.isTag(String(decoding: bytes[word], as: UTF8.self)) {
      tags.insert(word, at: 0)
      cut(to: word.lowerBound)
    } else if let start = InlineFields.start(endingAt: body, in: bytes)
      ?? TaskFields.start(in: body, of: bytes), isFirstOfWord(start)
    {
      cut(to: start)
    } else {
      return false
    }
    trimJoint()
    return true
  }

  private var attributeStart: Int? {
    guard attributes == nil, bytes[body.upperBound - 1] == UInt8(ascii: "}") else { return nil }
    var depth = 0
    var index = body.upperBound - 1
    while index >= body.lowerBound {
      if bytes[index] == UInt8(ascii: "}") { depth += 1 }
      if bytes[index] == UInt8(ascii: "{") { depth -= 1 }
      if depth == 0 { break }
      index -= 1
    }
    return depth == 0 && isFirstOfWord(index) ? index : nil
  }

  /// Fields that someone joined with ` · ` stay together.
  private mutating func trimJoint() {
    let end = body.upperBound - 4
    if end >= body.lowerBound, NoteText.hasPrefix("] ·", at: end, in: bytes) { cut(to: end + 1) }
  }

  private func isFirstOfWord(_ index: Int) -> Bool {
    index == body.lowerBound || NoteText.isBlank(bytes[index - 1])
  }

  private var lastWord: Range<Int> {
    var start = body.upperBound
    while start > body.lowerBound, !NoteText.isBlank(bytes[start - 1]) { start -= 1 }
    return start..<body.upperBound
  }
}
