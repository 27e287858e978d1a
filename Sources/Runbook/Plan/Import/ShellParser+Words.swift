extension ShellParser {
  // MARK: Words

  /// What a word is made of, as it is read.
  struct Draft {
    var literal: [UInt8]? = []
    var isDynamic = false

    mutating func add(_ bytes: some Collection<UInt8>) { literal? += bytes }
  }

  mutating func word(mayBeEmpty: Bool = false) throws(Problem) -> ShellWord {
    let start = index
    var draft = Draft()
    while let byte = peek, !Self.endsWord(byte) || (isAt("<(") || isAt(">(")) {
      switch byte {
      case UInt8(ascii: "'"):
        let from = index + 1
        try skip(to: byte, from: index)
        draft.add(bytes[from..<index - 1])
      case UInt8(ascii: "\""): try doubleQuoted(&draft)
      case UInt8(ascii: "\\"):
        let next = index + 1
        if next < bytes.count, bytes[next] != 10 { draft.add(bytes[next..<next + 1]) }
        index = min(index + 2, bytes.count)
      case UInt8(ascii: "`"):
        try backquoted()
        draft = Draft(literal: nil, isDynamic: true)
      case UInt8(ascii: "$"): try dollar(&draft, isQuoted: false)
      case UInt8(ascii: "<"), UInt8(ascii: ">"):
        index += 1
        try substitution()
        draft = Draft(literal: nil, isDynamic: true)
      case UInt8(ascii: "?"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "@"),
        UInt8(ascii: "!"):
        try patternSign(byte, &draft)
      default:
        let isExpanded = isExpansion(byte, isFirst: index == start)
        if isExpanded { draft.literal = nil } else { draft.add(bytes[index..<index + 1]) }
        index += 1
      }
    }
    guard index > start || mayBeEmpty else {
      throw Problem(message: "a word is missing", offset: index)
    }
    wholes.append(start..<index)
    return ShellWord(
      range: start..<index, literal: draft.literal.map { String(decoding: $0, as: UTF8.self) },
      isDynamic: draft.isDynamic)
  }

  /// A tilde, a class of characters (`[` alone is a command) or braces are the shell's to expand.
  private func isExpansion(_ byte: UInt8, isFirst: Bool) -> Bool {
    let next = index + 1 < bytes.count ? bytes[index + 1] : 10
    switch byte {
    case UInt8(ascii: "~"): return isFirst
    case UInt8(ascii: "["): return !(isFirst && Self.endsWord(next))
    case UInt8(ascii: "{"): return next != UInt8(ascii: "}") && !Self.endsWord(next)
    default: return false
    }
  }

  /// `*`, or `@(one|two)`.
  private mutating func patternSign(_ byte: UInt8, _ draft: inout Draft) throws(Problem) {
    let isGroup = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "(")
    index += 1
    guard isGroup else {
      if byte == UInt8(ascii: "?") || byte == UInt8(ascii: "*") {
        draft.literal = nil
      } else {
        draft.add([byte])
      }
      return
    }
    draft.literal = nil
    let start = index
    index += 1
    while let next = peek, next != UInt8(ascii: ")") {
      guard next != 10 else { throw Problem(message: "a pattern is not closed", offset: start) }
      if next == UInt8(ascii: "|") { index += 1 } else { _ = try word() }
    }
    try expect(")")
  }

  mutating func doubleQuoted(_ draft: inout Draft) throws(Problem) {
    let start = index
    index += 1
    var text: [UInt8] = []
    while let byte = peek, byte != UInt8(ascii: "\"") {
      switch byte {
      case UInt8(ascii: "\\"):
        let next = index + 1 < bytes.count ? bytes[index + 1] : 0
        if Array("$`\"\\".utf8).contains(next) {
          text.append(next)
        } else if next != 10 {
          text += [byte, next]
        }
        index = min(index + 2, bytes.count)
      case UInt8(ascii: "`"):
        try backquoted()
        draft = Draft(literal: nil, isDynamic: true)
      case UInt8(ascii: "$"):
        var inner = Draft()
        try dollar(&inner, isQuoted: true)
        if let literal = inner.literal {
          text += literal
        } else {
          draft.literal = nil
        }
        draft.isDynamic = draft.isDynamic || inner.isDynamic
      default:
        text.append(byte)
        index += 1
      }
    }
    guard peek != nil else { throw Problem(message: "a quote is not closed", offset: start) }
    index += 1
    draft.add(text)
  }
}
