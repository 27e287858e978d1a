extension ShellParser {
  // MARK: Words

  /// What a word is made of, as it is read.
  private struct Draft {
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

  private mutating func doubleQuoted(_ draft: inout Draft) throws(Problem) {
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

  // MARK: Expansions

  private mutating func dollar(_ draft: inout Draft, isQuoted: Bool) throws(Problem) {
    let start = index
    index += 1
    guard let byte = peek else {
      draft.add([UInt8(ascii: "$")])
      return
    }
    if isAt("(("), takeArithmetic(from: start) {
      draft.literal = nil
    } else if byte == UInt8(ascii: "(") {
      try substitution()
      draft = Draft(literal: nil, isDynamic: true)
    } else if byte == UInt8(ascii: "{") {
      try braced(&draft)
    } else if byte == UInt8(ascii: "'"), !isQuoted {
      try escapedQuote(from: start)
      draft.literal = nil
    } else if byte == UInt8(ascii: "\""), !isQuoted {
      try doubleQuoted(&draft)
    } else if let name = takeVariable() {
      refer(name, &draft)
    } else {
      draft.add([UInt8(ascii: "$")])
    }
  }

  private mutating func refer(_ name: Range<Int>, _ draft: inout Draft) {
    let text = String(decoding: bytes[name], as: UTF8.self)
    references.append(ShellReference(name: text, range: name, function: around.last))
    draft.literal = nil
    if Self.changing.contains(text) { draft.isDynamic = true }
  }

  /// Whose values are others in another process.
  static let changing: Set<String> = [
    "$", "!", "?", "RANDOM", "SRANDOM", "SECONDS", "BASHPID", "EPOCHSECONDS", "EPOCHREALTIME",
    "LINENO",
    "PIPESTATUS",
  ]

  /// Behind a `$`: a name, or one of the shell's own signs.
  private mutating func takeVariable() -> Range<Int>? {
    let start = index
    while let byte = peek, VariableName.isNameByte(byte) {
      // `$10` is `$1` and a nought.
      if (0x30...0x39).contains(bytes[start]), index > start { break }
      index += 1
    }
    if index > start { return start..<index }
    if let byte = peek, Array("@*#?$!-".utf8).contains(byte) {
      index += 1
      return start..<index
    }
    return nil
  }

  /// `${NAME}`, `${NAME:-default}`, `${#NAME}`.
  private mutating func braced(_ draft: inout Draft) throws(Problem) {
    let start = index
    index += 1
    if let byte = peek, byte == UInt8(ascii: "#") || byte == UInt8(ascii: "!"),
      index + 1 < bytes.count, bytes[index + 1] != UInt8(ascii: "}")
    {
      index += 1
    }
    let from = index
    while let byte = peek, VariableName.isNameByte(byte) { index += 1 }
    if index == from, let byte = peek, Array("@*#?$!-".utf8).contains(byte) { index += 1 }
    guard index > from else { throw Problem(message: "${ without a name", offset: start) }
    refer(from..<index, &draft)
    let name = String(decoding: bytes[from..<index], as: UTF8.self)
    let isAssigned = isAt(":=") || isAt("=")
    var depth = 0
    while let byte = peek, byte != UInt8(ascii: "}") || depth > 0 {
      switch byte {
      case UInt8(ascii: "{"):
        depth += 1
        index += 1
      case UInt8(ascii: "}"):
        depth -= 1
        index += 1
      case UInt8(ascii: "\\"): index = min(index + 2, bytes.count)
      case UInt8(ascii: "'"): try quoteInBraces()
      case UInt8(ascii: "\""): try doubleQuoted(&draft)
      case UInt8(ascii: "`"):
        try backquoted()
        draft.isDynamic = true
      case UInt8(ascii: "$"): try dollar(&draft, isQuoted: true)
      default: index += 1
      }
    }
    guard peek != nil else { throw Problem(message: "${ is not closed", offset: start) }
    index += 1
    draft.literal = nil
    if isAssigned, VariableName.isValid(name) { assign(name, to: nil, isPlain: false) }
  }

  /// In double quotes an apostrophe is only that; which it is can't be told here, so it must not matter.
  private mutating func quoteInBraces() throws(Problem) {
    let start = index
    let end = bytes[(index + 1)...].firstIndex {
      $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "}") || $0 == 10
    }
    guard let end else { throw Problem(message: "a quote is not closed", offset: start) }
    index = bytes[end] == UInt8(ascii: "'") ? end + 1 : index + 1
  }

  /// `$(…)` or `<(…)`, from its bracket.
  private mutating func substitution() throws(Problem) {
    index += 1
    let outer = pending
    pending = []
    apart += 1
    _ = try list(until: [])
    apart -= 1
    guard pending.isEmpty else {
      throw Problem(message: "a here-document in a place that is not understood", offset: index)
    }
    pending = outer
    try expect(")")
  }

  private mutating func backquoted() throws(Problem) {
    let start = index
    index += 1
    while let byte = peek, byte != UInt8(ascii: "`") {
      if byte == UInt8(ascii: "$") {
        index += 1
        if peek == UInt8(ascii: "{") { index += 1 }
        if let name = takeVariable() {
          references.append(
            ShellReference(
              name: String(decoding: bytes[name], as: UTF8.self), range: name, function: around.last
            ))
        }
      } else {
        index = min(index + (byte == UInt8(ascii: "\\") ? 2 : 1), bytes.count)
      }
    }
    guard peek != nil else { throw Problem(message: "a backquote is not closed", offset: start) }
    index += 1
  }

  /// `$'…'`.
  private mutating func escapedQuote(from start: Int) throws(Problem) {
    index += 1
    while let byte = peek, byte != UInt8(ascii: "'") {
      index = min(index + (byte == UInt8(ascii: "\\") ? 2 : 1), bytes.count)
    }
    guard peek != nil else { throw Problem(message: "a quote is not closed", offset: start) }
    index += 1
  }

  /// `((…))`; false where it is a subshell in brackets of another kind, and then nothing is taken.
  mutating func takeArithmetic(from start: Int) -> Bool {
    let before = self
    do {
      index += 2
      try skipArithmetic(from: start)
      noteArithmetic(in: start..<index, names: true)
      return true
    } catch {
      self = before
      return false
    }
  }

  private mutating func skipArithmetic(from start: Int) throws(Problem) {
    var depth = 0
    while let byte = peek {
      if byte == UInt8(ascii: "(") { depth += 1 }
      if byte == UInt8(ascii: ")") {
        if depth == 0, isAt("))") {
          index += 2
          return
        }
        depth -= 1
        guard depth >= 0 else { break }
      }
      if byte == UInt8(ascii: "$") {
        var draft = Draft()
        try dollar(&draft, isQuoted: true)
      } else {
        index += 1
      }
    }
    throw Problem(message: "(( is not closed", offset: start)
  }

  /// In arithmetic a name alone is a variable, and may be set.
  mutating func noteArithmetic(in range: Range<Int>, names: Bool) {
    var position = range.lowerBound
    while position < range.upperBound {
      let start = position
      while position < range.upperBound, VariableName.isNameByte(bytes[position]) { position += 1 }
      let name = String(decoding: bytes[start..<position], as: UTF8.self)
      if names, VariableName.isValid(name) {
        references.append(
          ShellReference(name: name, range: start..<position, function: around.last))
        if Self.isSet(bytes[position..<range.upperBound], bytes[range.lowerBound..<start]) {
          assign(name, to: nil, isPlain: false)
        }
      }
      if position == start { position += 1 }
    }
  }

  /// `x=`, `x+=`, `x++`, `++x`; not `x==`.
  private static func isSet(_ after: ArraySlice<UInt8>, _ before: ArraySlice<UInt8>) -> Bool {
    let rest = after.drop { isSpace($0) }.prefix(3).map { Character(UnicodeScalar($0)) }
    let text = String(rest)
    if text.hasPrefix("++") || text.hasPrefix("--") { return true }
    let front = String(before.suffix(2).map { Character(UnicodeScalar($0)) })
    if front == "++" || front == "--" { return true }
    if text.hasPrefix("==") { return false }
    return text.hasPrefix("=")
      || text.dropFirst().hasPrefix("=") && "+-*/%&|^".contains(text.prefix(1))
      || text == "<<=" || text == ">>="
  }

  /// In a here-document whose end is not quoted.
  mutating func expansions(in range: Range<Int>) throws(Problem) {
    index = range.lowerBound
    var draft = Draft()
    while index < range.upperBound {
      switch bytes[index] {
      case UInt8(ascii: "\\"): index += 2
      case UInt8(ascii: "`"): try backquoted()
      case UInt8(ascii: "$"): try dollar(&draft, isQuoted: true)
      default: index += 1
      }
    }
  }

  // MARK: Bytes

  var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  func isAt(_ text: String) -> Bool { bytes[index...].starts(with: text.utf8) }

  static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == 9 }

  static func endsWord(_ byte: UInt8) -> Bool {
    byte == 10 || isSpace(byte) || Array(";&|()<>".utf8).contains(byte)
  }

  /// Spaces, and line ends behind a backslash.
  mutating func skipSpace() {
    while let byte = peek {
      if Self.isSpace(byte) {
        index += 1
      } else if byte == UInt8(ascii: "\\"), index + 1 < bytes.count, bytes[index + 1] == 10 {
        index += 2
      } else {
        return
      }
    }
  }

  /// The bytes up to the next that ends a word; for reserved words, which are never quoted.
  var nextWord: String {
    var end = index
    while end < bytes.count, !Self.endsWord(bytes[end]) { end += 1 }
    return end - index > 12 ? "" : String(decoding: bytes[index..<end], as: UTF8.self)
  }

  mutating func skipWord() {
    while let byte = peek, !Self.endsWord(byte) { index += 1 }
  }

  mutating func takeName() -> String {
    let start = index
    skipWord()
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  mutating func expect(_ sign: String) throws(Problem) {
    guard isAt(sign) else { throw Problem(message: "“\(sign)” is missing", offset: index) }
    index += sign.utf8.count
  }

  mutating func expectWord(_ word: String) throws(Problem) {
    guard nextWord == word else { throw Problem(message: "“\(word)” is missing", offset: index) }
    skipWord()
  }

  private mutating func skip(to quote: UInt8, from start: Int) throws(Problem) {
    guard let end = bytes[(index + 1)...].firstIndex(of: quote) else {
      throw Problem(message: "a quote is not closed", offset: start)
    }
    index = end + 1
  }
}
