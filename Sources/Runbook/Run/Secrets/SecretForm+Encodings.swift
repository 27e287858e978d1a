extension SecretForm {
  /// Shorter ones are looked for as they are, and in no other form: two characters of base64 are everywhere.
  static let leastEncoded = 4
  /// Lines of a secret of many that are shorter say nothing, and are in every log.
  static let leastLine = 6

  /// All forms of some secrets: as text in every spelling, in base64, in dumps and in UTF-16.
  static func all(of secrets: [String]) -> [SecretForm] {
    var wholes = Set<String>()
    var lines = Set<String>()
    for secret in secrets where !secret.allSatisfy(\.isWhitespace) {
      // A value that was read from a file brings the file's last line break.
      wholes.formUnion([secret, trimmed(secret)])
      let own = secret.split(whereSeparator: \.isNewline)
      if own.count > 1 {
        lines.formUnion(own.filter { $0.utf8.count >= leastLine }.map(String.init))
      }
    }
    var spelling = SecretSpelling()
    return wholes.sorted().flatMap { whole($0, &spelling) }
      + lines.subtracting(wholes).sorted().map { SecretForm(parts: spelling.parts(of: $0)) }
  }

  private static func trimmed(_ secret: String) -> String {
    var text = secret[...]
    while text.last?.isNewline == true { text.removeLast() }
    return String(text)
  }

  private static func whole(_ secret: String, _ spelling: inout SecretSpelling) -> [SecretForm] {
    let bytes = Array(secret.utf8)
    guard bytes.count >= leastEncoded else {
      return [SecretForm(parts: bytes.map { Part(byte: ByteSet($0)) })]
    }
    return [SecretForm(parts: spelling.parts(of: secret))] + dumps(bytes) + wide(secret)
      + base64(bytes)
  }

  /// UTF-16, as Windows and Java write it.
  private static func wide(_ secret: String) -> [SecretForm] {
    [true, false].map { isLittle in
      SecretForm(
        parts: secret.utf16.map { unit in
          let (low, high) = (ByteSet(UInt8(unit & 0xFF)), ByteSet(UInt8(unit >> 8)))
          return Part(spellings: [isLittle ? [low, high] : [high, low]])
        })
    }
  }

  // MARK: Base64

  /// As it is, in UTF-16 (as PowerShell takes commands), and coded twice.
  private static func base64(_ bytes: [UInt8]) -> [SecretForm] {
    let plain = bytes.map { ByteSet($0) }
    let wide = String(decoding: bytes, as: UTF8.self).utf16.flatMap { unit in
      [ByteSet(UInt8(unit & 0xFF)), ByteSet(UInt8(unit >> 8))]
    }
    return (0..<3).flatMap { offset in
      let once = Base64Sets(of: plain, behind: offset)
      let twice = (0..<3).map { Base64Sets(of: once.characters, behind: $0) }
      return [once.form, Base64Sets(of: wide, behind: offset).form] + twice.map(\.trimmedForm)
    }
  }

  // MARK: Dumps

  private static func dumps(_ bytes: [UInt8]) -> [SecretForm] {
    let numbers = [
      bytes.map { SecretSpelling.hex($0) },
      bytes.map { SecretSpelling.exactly($0.digits(3, radix: 8)) },
      bytes.map { SecretSpelling.exactly($0.digits(1, radix: 10)) },
    ]
    return numbers.map { numbers in
      SecretForm(parts: numbers.map { Part(spellings: [$0]) }, gaps: .blanks)
    } + [characters(bytes)] + [false, true].flatMap { words(bytes, isShifted: $0) }
  }

  /// `od -c`: each in a column of four.
  private static func characters(_ bytes: [UInt8]) -> SecretForm {
    let names: [UInt8: String] = [
      0x00: "\\0", 0x07: "\\a", 0x08: "\\b", 0x09: "\\t", 0x0A: "\\n", 0x0B: "\\v", 0x0C: "\\f",
      0x0D: "\\r",
    ]
    let parts = bytes.enumerated().map { place, byte -> Part in
      let isPlain = (0x20..<0x7F).contains(byte)
      let text = names[byte].map { Array($0.utf8) } ?? (isPlain ? [byte] : nil)
      let shown = text ?? Array(byte.digits(3, radix: 8).utf8)
      guard place > 0 else { return Part(spellings: [SecretSpelling.exactly(shown)]) }
      let blanks = [UInt8](repeating: 0x20, count: 4 - shown.count)
      return Part(spellings: [SecretSpelling.exactly(blanks + shown)])
    }
    return SecretForm(parts: parts, gaps: .columns)
  }

  /// Words of two bytes, the second of which is written first: `hexdump`, `od -x` in hexadecimal, `od` in octal.
  ///
  /// - Parameter isShifted: the first byte of the secret is the second of a word.
  private static func words(_ bytes: [UInt8], isShifted: Bool) -> [SecretForm] {
    let all = (isShifted ? [nil] : []) + bytes.map { Optional($0) }
    let pairs = stride(from: 0, to: all.count, by: 2).map { place in
      (low: all[place], high: place + 1 < all.count ? all[place + 1] : nil)
    }
    return [hexWord, octalWord].map { word in
      SecretForm(parts: pairs.map { Part(spellings: [word($0.low, $0.high)]) }, gaps: .blanks)
    }
  }

  private static let anyDigit = ByteSet("0123456789abcdefABCDEF".utf8)

  private static func hexWord(_ low: UInt8?, _ high: UInt8?) -> [ByteSet] {
    [high, low].flatMap { $0.map(SecretSpelling.hex) ?? [anyDigit, anyDigit] }
  }

  /// Six digits of three bits: the middle ones have bits of both.
  private static func octalWord(_ low: UInt8?, _ high: UInt8?) -> [ByteSet] {
    if let low, let high {
      return SecretSpelling.exactly((UInt16(high) << 8 | UInt16(low)).digits(6, radix: 8))
    }
    let known = SecretSpelling.exactly(
      (high.map { UInt16($0) << 8 } ?? UInt16(low ?? 0)).digits(6, radix: 8))
    let isKnown = high == nil ? 4..<6 : 0..<3
    return known.enumerated().map { isKnown.contains($0.offset) ? $0.element : anyDigit }
  }
}
