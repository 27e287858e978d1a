import Foundation

/// How a program prints a secret: encoders of their own, so that a fault of the mask's is not repeated here.
enum PrintedSecret: CaseIterable {
  case plain, base64, base64Wrapped, base64ForURLs, url, form, json, jsonASCII
  case singleQuoted, backslashed, dollarQuoted, html, hex, hexDump, line, coloured
  case urlTwice, htmlNumbers, unicode, jsonInJSON, folded, quotedPrintable, base64Twice, utf16
  case xxd, hexdumpC, od, odCharacters, words, decimals

  /// The text, parted into what must not be seen and what stands around it.
  func print<G: RandomNumberGenerator>(_ secret: String, _ random: inout G) -> (
    before: [UInt8], secret: [UInt8], after: [UInt8]
  ) {
    let bytes = Array(secret.utf8)
    switch self {
    case .plain: return around(bytes, "=", "\n")
    case .base64: return base64(bytes, &random, forURLs: false, width: nil)
    case .base64Wrapped: return base64(bytes, &random, forURLs: false, width: 76)
    case .base64ForURLs: return base64(bytes, &random, forURLs: true, width: nil)
    case .url:
      let alone = Array("-._~".utf8)
      return around(bytes.flatMap { escaped($0, alone) }, "https://u:", "@host/")
    case .form:
      let alone = Array("-._*".utf8)
      return around(
        bytes.flatMap { $0 == 0x20 ? [UInt8(ascii: "+")] : escaped($0, alone) }, "pw=", "&x=1")
    case .json: return around(json(secret, isASCII: false), "{\"pw\":\"", "\"}")
    case .jsonASCII: return around(json(secret, isASCII: true), "{\"pw\":\"", "\"}")
    case .singleQuoted:
      return around(
        Array(secret.replacingOccurrences(of: "'", with: "'\\''").utf8), "+ psql '", "'\n")
    case .backslashed:
      let special = Array(" !\"#$&'()*,;<>?[\\]^`{|}~\t".utf8)
      return around(
        bytes.flatMap { special.contains($0) ? [UInt8(ascii: "\\"), $0] : [$0] }, "pw=", "\n")
    case .dollarQuoted:
      let names: [UInt8: String] = [0x0A: "\\n", 0x09: "\\t", 0x27: "\\'", 0x5C: "\\\\"]
      return around(bytes.flatMap { names[$0].map { Array($0.utf8) } ?? [$0] }, "pw=$'", "'\n")
    case .html:
      var text = secret.replacingOccurrences(of: "&", with: "&amp;")
      for (sign, name) in [("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;")] {
        text = text.replacingOccurrences(of: sign, with: name)
      }
      return around(Array(text.utf8), "<b>", "</b>")
    case .hex: return around(bytes.flatMap(Self.pair), "0x", "\n")
    case .hexDump:
      let separator = Array([" ", ":", ", "].randomElement(using: &random)?.utf8 ?? " ".utf8)
      return around(Array(bytes.map(Self.pair).joined(separator: separator)), "00000000: ", "\n")
    case .line:
      // Of a key of many lines the log shows one.
      return around(
        Array(
          secret.split(separator: "\n").max { $0.count < $1.count }.map {
            $0.utf8.map { $0 }
          } ?? bytes), "> ", "\n")
    case .urlTwice, .htmlNumbers, .unicode, .jsonInJSON, .folded, .quotedPrintable, .utf16:
      return printNested(secret, &random)
    case .base64Twice: return base64Twice(bytes, &random)
    case .xxd, .hexdumpC, .od, .odCharacters, .words, .decimals: return dump(bytes, &random)
    case .coloured:
      let codes = ["\u{1B}[31m", "\u{1B}[0m", "\u{1B}[1;38;5;208m", "\u{1B}(B", "\u{1B}[K"]
      let text = bytes.enumerated().flatMap { place, byte -> [UInt8] in
        guard place > 0, Bool.random(using: &random) else { return [byte] }
        return Array((codes.randomElement(using: &random) ?? "").utf8) + [byte]
      }
      return around(text, "pw ", "\n")
    }
  }

  func around(_ bytes: [UInt8], _ before: String, _ after: String) -> (
    before: [UInt8], secret: [UInt8], after: [UInt8]
  ) { (Array(before.utf8), bytes, Array(after.utf8)) }

  static func pair(_ byte: UInt8) -> [UInt8] {
    let text = String(byte, radix: 16)
    return Array((text.utf8.count == 1 ? "0" + text : text).utf8)
  }

  func escaped(_ byte: UInt8, _ alone: [UInt8]) -> [UInt8] {
    let isPlain =
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
      || (0x61...0x7A).contains(byte) || alone.contains(byte)
    if isPlain { return [byte] }
    return Array(("%" + String(decoding: Self.pair(byte), as: UTF8.self).uppercased()).utf8)
  }

  func json(_ secret: String, isASCII: Bool) -> [UInt8] {
    secret.unicodeScalars.flatMap { scalar -> [UInt8] in
      switch scalar {
      case "\"": return Array("\\\"".utf8)
      case "\\": return Array("\\\\".utf8)
      case "\n": return Array("\\n".utf8)
      case "\t": return Array("\\t".utf8)
      case _ where isASCII && scalar.value >= 0x80:
        return String(scalar).utf16.flatMap { Array(String(format: "\\u%04x", $0).utf8) }
      default: return Array(String(scalar).utf8)
      }
    }
  }

  /// With neighbours that share characters with the secret. Which characters show anything of it is found by coding
  /// another secret of that length: those that can differ.
  private func base64<G: RandomNumberGenerator>(
    _ bytes: [UInt8], _ random: inout G, forURLs: Bool, width: Int?
  ) -> (before: [UInt8], secret: [UInt8], after: [UInt8]) {
    let before = (0..<Int.random(in: 0..<9, using: &random)).map { _ in
      UInt8.random(in: 0x30...0x7A, using: &random)
    }
    let after = (0..<Int.random(in: 0..<9, using: &random)).map { _ in
      UInt8.random(in: 0x30...0x7A, using: &random)
    }
    let coded = Array(Data(before + bytes + after).base64EncodedData())
    let other = Array(Data(before + bytes.map { ~$0 } + after).base64EncodedData())
    let shown = zip(coded, other).enumerated().filter { $1.0 != $1.1 }.map(\.offset)
    let (first, last) = (shown.first ?? 0, shown.last ?? 0)
    var text = coded.map { byte -> [UInt8] in
      switch byte {
      case UInt8(ascii: "+") where forURLs: [UInt8(ascii: "-")]
      case UInt8(ascii: "/") where forURLs: [UInt8(ascii: "_")]
      default: [byte]
      }
    }
    if let width {
      for place in stride(from: width - 1, to: text.count, by: width) { text[place].append(0x0A) }
      // A break right behind the secret shows nothing of it.
      if text[last].count > 1 { text[last].removeLast() }
    }
    return (
      text[..<first].flatMap { $0 }, text[first...last].flatMap { $0 },
      text[(last + 1)...].flatMap { $0 }
    )
  }
}
