/// Reads `{key=value flag key2="two words"}`, or the same as a JSON object, from a note's bytes.
///
/// A comma followed by white space may separate attributes. What can't be read is a problem, and then nothing
/// of the list counts.
struct AttributeReader {
  private let bytes: [UInt8]
  private let end: Int
  private var index: Int
  private(set) var attributes: [Attribute] = []

  /// The attributes in `range`, which begins at `{`.
  static func read(_ bytes: [UInt8], _ range: Range<Int>) throws(NoteProblem) -> [Attribute] {
    var reader = AttributeReader(bytes: bytes, range: range)
    try reader.refusePhoneCharacters(range)
    try reader.readList()
    try reader.refuseDoubles()
    return reader.attributes
  }

  private init(bytes: [UInt8], range: Range<Int>) {
    self.bytes = bytes
    index = range.lowerBound
    end = range.upperBound
  }

  // MARK: The list

  private mutating func readList() throws(NoteProblem) {
    let opening = index
    index += 1
    if peek == UInt8(ascii: "{") {
      throw NoteProblem(
        "a template's placeholder was never filled in", at: opening..<end,
        fix: "write what belongs there")
    }
    skipSpace()
    if peek == UInt8(ascii: "\"") {
      try readJSON(from: opening)
    } else {
      while let byte = peek, byte != UInt8(ascii: "}") {
        try readAttribute()
        try skipSeparator()
      }
      guard peek != nil else {
        throw NoteProblem(
          "the attributes are not closed", at: opening..<end, fix: "end them with a “}”")
      }
    }
    index += 1
    skipSpace()
    guard index >= end else {
      throw NoteProblem(
        "text behind the attributes", at: index..<end,
        fix: "the “}” must be the last character of the line")
    }
  }

  private mutating func readAttribute() throws(NoteProblem) {
    let start = index
    while let byte = peek, !Self.isSpace(byte), byte != UInt8(ascii: "="),
      byte != UInt8(ascii: "}"), byte != UInt8(ascii: ",")
    {
      index += 1
    }
    let nameRange = start..<index
    guard !nameRange.isEmpty else {
      throw NoteProblem(
        "an attribute's name is missing here", at: start..<(start + 1),
        fix: "write name=value, or a flag such as rollback")
    }
    let name = text(nameRange)
    try refuseColon(name, nameRange)
    guard attributes.count < Self.limit else {
      throw NoteProblem(
        "more than \(Self.limit) attributes", at: nameRange, fix: "nobody can read so many")
    }
    guard peek == UInt8(ascii: "=") else {
      try refuseLooseEquals(after: name, nameRange)
      attributes.append(
        Attribute(name: name, value: nil, nameRange: nameRange, valueRange: nameRange))
      return
    }
    index += 1
    let valueStart = index
    let value = try readValue(of: name)
    attributes.append(
      Attribute(
        name: name, value: value, nameRange: nameRange, valueRange: valueStart..<index))
  }

  /// Bounds what a hostile line costs.
  private static let limit = 64

  /// `timeout: 3s`, as in YAML, would read as two flags.
  private func refuseColon(_ name: String, _ range: Range<Int>) throws(NoteProblem) {
    guard let colon = name.firstIndex(of: ":") else { return }
    let word = name[..<colon]
    throw NoteProblem(
      "“:” in an attribute", at: range,
      fix: "write \(word.isEmpty ? "name" : String(word))=value, without white space")
  }

  /// `timeout = 3s` would read as two flags and a value.
  private func refuseLooseEquals(after name: String, _ range: Range<Int>) throws(NoteProblem) {
    var next = index
    while next < end, Self.isSpace(bytes[next]) { next += 1 }
    guard next < end, bytes[next] == UInt8(ascii: "=") else { return }
    throw NoteProblem(
      "white space around “=”", at: range.lowerBound..<(next + 1), fix: "write \(name)=value")
  }

  private mutating func readValue(of name: String) throws(NoteProblem) -> String {
    let start = index
    guard let first = peek, !Self.isSpace(first), first != UInt8(ascii: "}") else {
      throw NoteProblem(
        "“\(name)=” has no value", at: start..<min(end, start + 1),
        fix: "write \(name)=value without white space around the “=”")
    }
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
      return try readQuoted(first)
    }
    // `${NAME}` holds a brace that doesn't end the list.
    var depth = 0
    while let byte = peek, !Self.isSpace(byte) {
      if byte == UInt8(ascii: "{") { depth += 1 }
      if byte == UInt8(ascii: "}") {
        if depth == 0 { break }
        depth -= 1
      }
      index += 1
    }
    // `timeout=3s, retries=2`: the comma separates. `hosts=a,b` keeps its own.
    let atComma = bytes[index - 1] == UInt8(ascii: ",") && peek.map(Self.isSpace) ?? false
    try refuseSwallowed(start..<index)
    return text(start..<(atComma ? index - 1 : index))
  }

  /// `host=web,rollback`: without white space the comma belongs to the value, and the block would run.
  private func refuseSwallowed(_ value: Range<Int>) throws(NoteProblem) {
    for comma in value where bytes[comma] == UInt8(ascii: ",") {
      let name = bytes[(comma + 1)..<value.upperBound].prefix {
        $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ",")
      }
      guard AttributeName(written: String(decoding: name, as: UTF8.self)) != nil else { continue }
      throw NoteProblem(
        "a comma without a space behind it does not part attributes",
        at: comma..<(comma + 1 + name.count), fix: "write a space in place of the comma")
    }
  }

  private mutating func readQuoted(_ quote: UInt8) throws(NoteProblem) -> String {
    let start = index
    index += 1
    var value: [UInt8] = []
    while let byte = peek, byte != quote {
      // Only the quote and the backslash can be escaped: `\d` in a question stays as it is.
      if byte == UInt8(ascii: "\\"), index + 1 < end,
        bytes[index + 1] == quote || bytes[index + 1] == UInt8(ascii: "\\")
      {
        index += 1
      }
      value.append(bytes[index])
      index += 1
    }
    guard peek == quote else {
      throw NoteProblem(
        "the quote is not closed", at: start..<end,
        fix: "end the value with \(String(UnicodeScalar(quote)))")
    }
    index += 1
    if let next = peek, !Self.isSpace(next), next != UInt8(ascii: "}"),
      next != UInt8(ascii: ",")
    {
      throw NoteProblem(
        "text directly behind a quote", at: index..<(index + 1), fix: "put a space between")
    }
    return String(decoding: value, as: UTF8.self)
  }

  // MARK: JSON

  private mutating func readJSON(from opening: Int) throws(NoteProblem) {
    while true {
      let nameRange = index..<index
      guard peek == UInt8(ascii: "\"") else { throw brokenJSON(opening) }
      let name = try readJSONText(opening)
      let keyRange = (nameRange.lowerBound + 1)..<max(nameRange.lowerBound + 1, index - 1)
      skipSpace()
      guard peek == UInt8(ascii: ":") else { throw brokenJSON(opening) }
      index += 1
      skipSpace()
      try readJSONValue(name, keyRange, opening)
      skipSpace()
      if peek == UInt8(ascii: "}") { return }
      guard peek == UInt8(ascii: ",") else { throw brokenJSON(opening) }
      index += 1
      skipSpace()
    }
  }

  private mutating func readJSONValue(
    _ name: String, _ nameRange: Range<Int>, _ opening: Int
  ) throws(NoteProblem) {
    let start = index
    if peek == UInt8(ascii: "\"") {
      let value = try readJSONText(opening)
      attributes.append(
        Attribute(name: name, value: value, nameRange: nameRange, valueRange: start..<index))
      return
    }
    while let byte = peek, !Self.isSpace(byte), byte != UInt8(ascii: ","),
      byte != UInt8(ascii: "}")
    {
      index += 1
    }
    let word = text(start..<index)
    guard word == "true" || word == "false" || Double(word) != nil else {
      throw brokenJSON(opening)
    }
    // runme writes flags as booleans; `false` says what leaving it out says.
    if word == "false", AttributeName(written: name)?.isTruth != true { return }
    attributes.append(
      Attribute(
        name: name, value: word == "true" ? nil : word, nameRange: nameRange,
        valueRange: start..<index))
  }

  private mutating func readJSONText(_ opening: Int) throws(NoteProblem) -> String {
    let start = index
    index += 1
    while let byte = peek, byte != UInt8(ascii: "\"") {
      index += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    index += 1
    guard index <= end,
      let text = JSONText.decode(String.self, Array(bytes[start..<index]))
    else {
      index = min(index, end)
      throw brokenJSON(opening)
    }
    return text
  }

  private func brokenJSON(_ opening: Int) -> NoteProblem {
    NoteProblem(
      "this is neither a list of attributes nor a JSON object", at: opening..<end,
      fix: "write {timeout=3s rollback} or {\"timeout\": \"3s\", \"rollback\": true}")
  }

  // MARK: Whole-list rules

  private func refusePhoneCharacters(_ range: Range<Int>) throws(NoteProblem) {
    guard let found = PhoneCharacter.first(in: bytes, range) else { return }
    throw NoteProblem("\(found.name) in the attributes", at: found.range, fix: found.fix)
  }

  private func refuseDoubles() throws(NoteProblem) {
    var seen: Set<String> = []
    for attribute in attributes
    where !seen.insert(AttributeName.canonical(attribute.name)).inserted {
      throw NoteProblem(
        "“\(attribute.name)” is given twice", at: attribute.nameRange, fix: "keep one of them")
    }
  }

  // MARK: Bytes

  private var peek: UInt8? { index < end ? bytes[index] : nil }

  private mutating func skipSpace() {
    while let byte = peek, Self.isSpace(byte) { index += 1 }
  }

  private mutating func skipSeparator() throws(NoteProblem) {
    skipSpace()
    if peek == UInt8(ascii: ",") {
      guard index + 1 < end, Self.isSpace(bytes[index + 1]) else {
        throw NoteProblem(
          "a comma without a space behind it does not part attributes", at: index..<(index + 1),
          fix: "write a space in place of the comma")
      }
      index += 1
    }
    skipSpace()
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
