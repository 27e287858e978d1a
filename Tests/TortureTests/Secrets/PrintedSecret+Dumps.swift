import Foundation

/// As programs dump bytes, sixteen a line, with the place in the file before them and the text behind.
extension PrintedSecret {
  func dump<G: RandomNumberGenerator>(_ bytes: [UInt8], _ random: inout G) -> (
    before: [UInt8], secret: [UInt8], after: [UInt8]
  ) {
    let before = [UInt8](repeating: 0x78, count: Int.random(in: 0..<24, using: &random))
    let after = [UInt8](repeating: 0x79, count: Int.random(in: 0..<24, using: &random))
    let all = before + bytes + after
    if self == .decimals {
      let text = bytes.map { String($0) }.joined(separator: ", ")
      return around(Array(text.utf8), "[", "]\n")
    }
    var text: [UInt8] = []
    // Where each byte stands, and where its line ends.
    var places: [Range<Int>] = []
    var ends: [Int] = []
    for start in stride(from: 0, to: all.count, by: 16) {
      let line = Array(all[start..<min(all.count, start + 16)])
      append(line, at: start, &text, &places)
      ends += line.map { _ in text.count }
      text.append(0x0A)
    }
    let range = before.count..<before.count + bytes.count
    let first = places[range].map(\.lowerBound).min() ?? 0
    var end = places[range].map(\.upperBound).max() ?? 0
    if self == .xxd || self == .hexdumpC { end = ends[range.upperBound - 1] }
    return (Array(text[..<first]), Array(text[first..<end]), Array(text[end...]))
  }

  private func append(
    _ line: [UInt8], at start: Int, _ text: inout [UInt8], _ places: inout [Range<Int>]
  ) {
    func put(_ word: String) { text += Array(word.utf8) }
    func putByte(_ word: String) {
      places.append(text.count..<text.count + word.utf8.count)
      put(word)
    }
    let shown = String(decoding: line.map { (0x20..<0x7F).contains($0) ? $0 : 0x2E }, as: UTF8.self)
    switch self {
    case .xxd:
      put(String(format: "%08x:", start))
      let column = text.count + 40
      for (place, byte) in line.enumerated() {
        if place % 2 == 0 { put(" ") }
        putByte(String(format: "%02x", byte))
      }
      put(String(repeating: " ", count: column - text.count) + "  " + shown)
    case .hexdumpC:
      put(String(format: "%08x ", start))
      for (place, byte) in line.enumerated() {
        put(place == 8 ? "  " : " ")
        putByte(String(format: "%02x", byte))
      }
      put("  |\(shown)|")
    case .od:
      put(String(format: "%07o", start))
      for byte in line {
        put(" ")
        putByte(String(format: "%02x", byte))
      }
    case .odCharacters:
      put(String(format: "%07o", start))
      let names: [UInt8: String] = [0x0A: "\\n", 0x09: "\\t"]
      for byte in line {
        let isPlain = (0x20..<0x7F).contains(byte)
        let name =
          names[byte] ?? (isPlain ? String(UnicodeScalar(byte)) : String(format: "%03o", byte))
        put(String(repeating: " ", count: 4 - name.utf8.count))
        putByte(name)
      }
    default:
      put(String(format: "%07x", start))
      for place in stride(from: 0, to: line.count, by: 2) {
        let high = place + 1 < line.count ? Int(line[place + 1]) << 8 : 0
        put(" ")
        let word = text.count..<text.count + 4
        places += place + 1 < line.count ? [word, word] : [word]
        put(String(format: "%04x", high | Int(line[place])))
      }
    }
  }
}
