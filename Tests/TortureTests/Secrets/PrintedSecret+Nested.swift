import Foundation

/// One encoding within another, and lines that are folded.
extension PrintedSecret {
  func printNested<G: RandomNumberGenerator>(_ secret: String, _ random: inout G) -> (
    before: [UInt8], secret: [UInt8], after: [UInt8]
  ) {
    let bytes = Array(secret.utf8)
    switch self {
    case .urlTwice:
      let once = bytes.flatMap { escaped($0, Array("-._~".utf8)) }
      return around(
        once.flatMap { escaped($0, Array("-._~".utf8)) }, "u=https%3A%2F%2Fu%3A", "%40h\n")
    case .htmlNumbers:
      let isHex = Bool.random(using: &random)
      let text = secret.unicodeScalars.map {
        isHex ? "&#x\(String($0.value, radix: 16));" : "&#\($0.value);"
      }
      return around(Array(text.joined().utf8), "<b>", "</b>")
    case .unicode:
      let text = secret.utf16.map { String(format: "\\u%04X", $0) }
      return around(Array(text.joined().utf8), "\"", "\"")
    case .jsonInJSON:
      let once = json(secret, isASCII: Bool.random(using: &random))
      let twice = json(String(decoding: once, as: UTF8.self), isASCII: true)
      let slashes = Bool.random(using: &random) ? "/" : "\\\\/"
      let text = String(decoding: twice, as: UTF8.self).replacingOccurrences(of: "/", with: slashes)
      return around(Array(text.utf8), "{\"a\":\"{\\\"b\\\":\\\"", "\\\"}\"}")
    case .folded:
      let mark = ["\n", "\r\n", "\\\n", "\n  "].randomElement(using: &random) ?? ""
      return around(Self.folded(bytes.map { [$0] }, mark, &random), "pw=", ";\n")
    case .quotedPrintable:
      let text = bytes.map { byte -> [UInt8] in
        byte == 0x3D || byte < 0x20 || byte > 0x7E
          ? Array(String(format: "=%02X", byte).utf8) : [byte]
      }
      return around(Self.folded(text, "=\n", &random), "pw: ", ".\n")
    default:
      let encoding =
        Bool.random(using: &random) ? String.Encoding.utf16LittleEndian : .utf16BigEndian
      func wide(_ text: String) -> [UInt8] { Array(text.data(using: encoding) ?? Data()) }
      return (wide("pw "), wide(secret), wide(";\n"))
    }
  }

  private static func folded<G: RandomNumberGenerator>(
    _ pieces: [[UInt8]], _ mark: String, _ random: inout G
  ) -> [UInt8] {
    let width = Int.random(in: 1...20, using: &random)
    let first = Int.random(in: 1...width, using: &random)
    return pieces.enumerated().flatMap { place, piece -> [UInt8] in
      place >= first && (place - first) % width == 0 ? Array(mark.utf8) + piece : piece
    }
  }

  /// Which characters show anything of it is found as for one coding: by another secret of that length.
  func base64Twice<G: RandomNumberGenerator>(_ bytes: [UInt8], _ random: inout G) -> (
    before: [UInt8], secret: [UInt8], after: [UInt8]
  ) {
    let before = [UInt8](repeating: 0x61, count: Int.random(in: 0..<9, using: &random))
    let after = [UInt8](repeating: 0x62, count: Int.random(in: 0..<9, using: &random))
    func coded(_ bytes: [UInt8]) -> [UInt8] {
      Array(Data(Array(Data(before + bytes + after).base64EncodedData())).base64EncodedData())
    }
    let (text, other) = (coded(bytes), coded(bytes.map { ~$0 }))
    let shared = zip(text, other).enumerated().filter { $1.0 != $1.1 }.map(\.offset)
    let (first, last) = (shared.first ?? 0, shared.last ?? 0)
    return (Array(text[..<first]), Array(text[first...last]), Array(text[(last + 1)...]))
  }
}
