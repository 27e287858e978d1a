/// How programs write a character of a secret into a text: into URLs, JSON, HTML, mail and shells, and into one of these
/// within another. A text that mixes them, as all of them do, is found as well.
struct SecretSpelling {
  private var made: [Unicode.Scalar: SecretForm.Part] = [:]

  /// A part for each character.
  mutating func parts(of text: String) -> [SecretForm.Part] {
    text.unicodeScalars.map { scalar in
      if let part = made[scalar] { return part }
      let part = Self.part(scalar)
      made[scalar] = part
      return part
    }
  }

  private static func part(_ scalar: Unicode.Scalar) -> SecretForm.Part {
    let bytes = Array(String(scalar).utf8)
    var spellings = Set(named(scalar) + references(scalar) + unicode(scalar) + ofBytes(bytes))
    if bytes.count > 1 { spellings.insert(exactly(bytes)) }
    let single = bytes.count == 1 ? bytes + (scalar == " " ? Array("+\n".utf8) : []) : []
    return SecretForm.Part(
      byte: ByteSet(scalar == "\n" ? single + [0x20] : single), spellings: Array(spellings))
  }

  // MARK: By number

  /// `%2F`, `%252F`, `=2F`, `\x2f`, `\057`, a byte each; in a text within another the backslash is doubled.
  private static func ofBytes(_ bytes: [UInt8]) -> [[ByteSet]] {
    let hex = bytes.map(hex)
    let octal = bytes.map { exactly($0.digits(3, radix: 8)) }
    return ["%", "%25", "%2525", "=", "\\x", "\\\\x"].map { mark in
      hex.flatMap { exactly(mark) + $0 }
    } + ["\\", "\\\\"].map { mark in octal.flatMap { exactly(mark) + $0 } }
  }

  /// `\u002f`, `\u{2f}`; a character beyond 16 bits has two of the first.
  private static func unicode(_ scalar: Unicode.Scalar) -> [[ByteSet]] {
    let units = String(scalar).utf16.map { hex(UInt8($0 >> 8)) + hex(UInt8($0 & 0xFF)) }
    let braced = insensitive("\\u{" + scalar.value.digits(1, radix: 16) + "}")
    return ["\\u", "\\\\u", "\\\\\\\\u"].map { mark in units.flatMap { exactly(mark) + $0 } }
      + [braced]
  }

  /// `&#47;`, `&#047;`, `&#x2f;`, and each with its `&` escaped.
  private static func references(_ scalar: Unicode.Scalar) -> [[ByteSet]] {
    let numbers =
      [1, 3].map { scalar.value.digits($0, radix: 10) }
      + [1, 2].map { "x" + scalar.value.digits($0, radix: 16) }
    return ["&#", "&amp;#"].flatMap { mark in
      numbers.map { exactly(mark) + insensitive($0) + exactly(";") }
    }
  }

  // MARK: By name

  private static func named(_ scalar: Unicode.Scalar) -> [[ByteSet]] {
    var spellings = (names[scalar] ?? []).map { exactly($0) }
    if let letter = controls[scalar] {
      // In a text within another the backslash is doubled.
      spellings += [1, 2, 4].map { exactly(String(repeating: "\\", count: $0) + letter) }
    }
    // Quoted by shells, JSON and regular expressions, and that quoted again.
    if scalar.isASCII, scalar.value > 0x1F, !scalar.properties.isAlphabetic,
      scalar.properties.numericType == nil
    {
      let most = scalar == "\\" ? 8 : 7
      spellings += (1...most).map {
        exactly(String(repeating: "\\", count: scalar == "\\" ? $0 - 1 : $0) + String(scalar))
      }
    }
    return spellings
  }

  private static let names: [Unicode.Scalar: [String]] = [
    "&": ["&amp;", "&amp;amp;"], "<": ["&lt;", "&amp;lt;"], ">": ["&gt;", "&amp;gt;"],
    "\"": ["&quot;", "&amp;quot;", "\"\""],
    "'": ["&apos;", "&amp;apos;", "''", "'\\''", "'\"'\"'"],
    " ": ["&nbsp;", "\r\n"], "%": ["%%"], "\n": ["\r\n", "%0D%0A", "%0d%0a", "\\r\\n"],
    "\t": ["&Tab;"], "\u{1B}": ["\\E", "^["],
  ]

  private static let controls: [Unicode.Scalar: String] = [
    "\u{7}": "a", "\u{8}": "b", "\t": "t", "\n": "n", "\u{B}": "v", "\u{C}": "f", "\r": "r",
    "\u{1B}": "e", "\0": "0",
  ]

  // MARK: Bytes

  static func exactly(_ text: String) -> [ByteSet] { exactly(Array(text.utf8)) }

  static func exactly(_ bytes: [UInt8]) -> [ByteSet] { bytes.map { ByteSet($0) } }

  /// Letters in both cases.
  private static func insensitive(_ text: String) -> [ByteSet] {
    text.utf8.map { byte in
      (0x61...0x7A).contains(byte) ? ByteSet([byte, byte & 0xDF]) : ByteSet(byte)
    }
  }

  /// Two digits, in both cases.
  static func hex(_ byte: UInt8) -> [ByteSet] { insensitive(byte.digits(2, radix: 16)) }
}
