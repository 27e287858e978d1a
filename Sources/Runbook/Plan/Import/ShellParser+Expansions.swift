extension ShellParser {
  mutating func dollar(_ draft: inout Draft, isQuoted: Bool) throws(Problem) {
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
  mutating func substitution() throws(Problem) {
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

  mutating func backquoted() throws(Problem) {
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
}
