#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension SecretForm {
  /// Shorter ones are looked for as they are, and in no other form: two characters of base64 are everywhere.
  static let leastEncoded = 4
  /// Lines of a secret of many that are shorter say nothing, and are in every log.
  static let leastLine = 6

  /// All forms of a secret: as it is, and as programs write it into URLs, JSON, HTML, shell, base64 and dumps.
  static func all(of secret: String) -> Set<SecretForm> {
    var forms = Set<SecretForm>()
    // A value that was read from a file brings the file's last line break.
    for text in [secret, trimmed(secret)] where !text.allSatisfy(\.isWhitespace) {
      forms.formUnion(whole(text))
    }
    let lines = secret.split(whereSeparator: \.isNewline)
    if lines.count > 1 {
      for line in lines where line.utf8.count >= leastLine { forms.formUnion(texts(String(line))) }
    }
    return forms
  }

  private static func trimmed(_ secret: String) -> String {
    var text = secret[...]
    while text.last?.isNewline == true { text.removeLast() }
    return String(text)
  }

  private static func whole(_ secret: String) -> Set<SecretForm> {
    let bytes = Array(secret.utf8)
    guard bytes.count >= leastEncoded else { return [SecretForm(core: bytes)] }
    return texts(secret).union(base64(bytes)).union(dumps(bytes))
  }

  private static func texts(_ secret: String) -> Set<SecretForm> {
    let bytes = Array(secret.utf8)
    let all = [bytes] + urls(bytes) + json(secret) + shells(bytes) + markups(secret)
    return Set(all.filter { !$0.isEmpty }.map { SecretForm(core: $0) })
  }

  // MARK: Texts

  /// As each of the usual functions does it: they differ in what they leave alone, in how they write a blank and in
  /// the case of their digits.
  private static func urls(_ bytes: [UInt8]) -> [[UInt8]] {
    var forms: [[UInt8]] = []
    for alone in ["-._~", "-._~/", "-_.!~*'()", "-._*", "-._~:/?#[]@!$&'()*+,;=%"] {
      for digits in ["0123456789ABCDEF", "0123456789abcdef"] {
        let (alone, digits) = (Array(alone.utf8), Array(digits.utf8))
        let text = bytes.flatMap { byte -> [UInt8] in
          isAlphanumeric(byte) || alone.contains(byte)
            ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        forms.append(text)
        forms.append(Array(text.split(blank: Array("%20".utf8), by: UInt8(ascii: "+"))))
      }
    }
    return forms
  }

  /// With letters beyond ASCII as they are and as escapes, and the slash as some write it.
  private static func json(_ secret: String) -> [[UInt8]] {
    guard let text = try? JSONText.encode(secret, isPretty: false) else { return [] }
    let plain = text.utf8.dropFirst().dropLast().split(
      separator: Array("\\/".utf8), omittingEmptySubsequences: false)
    let slashes = ["/", "\\/"].map { Array(plain.joined(separator: Array($0.utf8))) }
    return slashes
      + slashes.map { form in
        String(decoding: form, as: UTF8.self).utf16.flatMap { unit -> [UInt8] in
          unit < 0x80 ? [UInt8(unit)] : Array(("\\u" + unit.digits(4, radix: 16)).utf8)
        }
      }
  }

  /// As shells print what one would have to type: `set -x`, `printf %q`, `${name@Q}`, `declare -p`.
  private static func shells(_ bytes: [UInt8]) -> [[UInt8]] {
    let single = ["'\\''", "'\"'\"'", "\\'"].map { quote in
      bytes.flatMap { $0 == UInt8(ascii: "'") ? Array(quote.utf8) : [$0] }
    }
    let special = Array(" \t!\"#$&'()*,;<>?[\\]^`{|}~".utf8)
    let quoted = Array("\"$\\`".utf8)
    let sets = [special, special.filter { $0 != UInt8(ascii: ",") }, quoted, quoted + [0x21]]
    let escaped = sets.map { set in
      bytes.flatMap { set.contains($0) ? [UInt8(ascii: "\\"), $0] : [$0] }
    }
    return single + escaped + [false, true].map { dollarQuoted(bytes, escapesLetters: $0) }
  }

  /// What stands in `$'…'`, and in a string of Python or C.
  private static func dollarQuoted(_ bytes: [UInt8], escapesLetters: Bool) -> [UInt8] {
    let names: [UInt8: String] = [
      0x07: "\\a", 0x08: "\\b", 0x09: "\\t", 0x0A: "\\n", 0x0B: "\\v", 0x0C: "\\f", 0x0D: "\\r",
      0x27: "\\'", 0x5C: "\\\\",
    ]
    return bytes.flatMap { byte -> [UInt8] in
      if byte == 0x1B { return Array("\\E".utf8) }
      if let name = names[byte] { return Array(name.utf8) }
      guard byte < 0x20 || byte == 0x7F || (escapesLetters && byte >= 0x80) else { return [byte] }
      return Array(("\\" + byte.digits(3, radix: 8)).utf8)
    }
  }

  private static func markups(_ secret: String) -> [[UInt8]] {
    ["&#39;", "&#x27;", "&apos;", "'"].flatMap { apostrophe in
      ["&quot;", "&#34;", "\""].map { quote in
        secret.utf8.flatMap { byte -> [UInt8] in
          switch byte {
          case UInt8(ascii: "&"): Array("&amp;".utf8)
          case UInt8(ascii: "<"): Array("&lt;".utf8)
          case UInt8(ascii: ">"): Array("&gt;".utf8)
          case UInt8(ascii: "'"): Array(apostrophe.utf8)
          case UInt8(ascii: "\""): Array(quote.utf8)
          default: [byte]
          }
        }
      }
    }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  // MARK: Bytes

  private static func dumps(_ bytes: [UInt8]) -> [SecretForm] {
    ["0123456789abcdef", "0123456789ABCDEF"].flatMap { digits in
      let digits = Array(digits.utf8)
      let pairs = bytes.map { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
      return [
        SecretForm(core: pairs.flatMap { $0 }, gaps: .blanks),
        SecretForm(core: pairs.flatMap { Array("\\x".utf8) + $0 }),
      ]
    }
  }

  /// For each place that the secret can have in the coded text, in both alphabets. The characters at its ends hold
  /// bits of its neighbours; whatever these are, they belong to the form.
  private static func base64(_ bytes: [UInt8]) -> [SecretForm] {
    let standard = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    let forURLs = Array(standard.dropLast(2)) + Array("-_".utf8)
    return [standard, forURLs].flatMap { alphabet in
      (0..<3).map { base64(bytes, alphabet, behind: $0) }
    }
  }

  /// - Parameter offset: how many bytes of a group of three stand before the secret.
  private static func base64(
    _ bytes: [UInt8], _ alphabet: [UInt8], behind offset: Int
  ) -> SecretForm {
    var bits = BitReader(bytes)
    var head: [UInt8] = []
    // Bits of the secret that the first character has, with those of the neighbour above them.
    let shared = (6 - offset * 8 % 6) % 6
    if shared > 0 {
      let value = bits.take(shared)
      head = (0..<64 >> shared).map { alphabet[$0 << shared | value] }
    }
    var core: [UInt8] = []
    while bits.left >= 6 { core.append(alphabet[bits.take(6)]) }
    var tail: [UInt8] = []
    if bits.left > 0 {
      let free = 6 - bits.left
      let value = bits.take(bits.left) << free
      tail = (0..<1 << free).map { alphabet[value | $0] }
    }
    return SecretForm(head: head, core: core, tail: tail, gaps: .lines)
  }
}

/// Takes the bits of bytes from the highest on.
private struct BitReader {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var left: Int { bytes.count * 8 - place }

  mutating func take(_ count: Int) -> Int {
    var value = 0
    for _ in 0..<count {
      value = value << 1 | Int(bytes[place / 8] >> (7 - place % 8) & 1)
      place += 1
    }
    return value
  }
}

extension [UInt8] {
  /// The bytes with each `blank` replaced.
  fileprivate func split(blank: [UInt8], by byte: UInt8) -> [UInt8] {
    Array(split(separator: blank, omittingEmptySubsequences: false).joined(separator: [byte]))
  }
}
