/// Characters that phones and word processors write in place of what a shell understands.
struct PhoneCharacter {
  let name: String
  let fix: String
  let range: Range<Int>

  static func first(in bytes: [UInt8], _ range: Range<Int>) -> PhoneCharacter? {
    for offset in range where bytes[offset] == 0xC2 || bytes[offset] == 0xE2 {
      for (wanted, name, fix) in all where bytes[offset..<range.upperBound].starts(with: wanted) {
        return PhoneCharacter(name: name, fix: fix, range: offset..<(offset + wanted.count))
      }
    }
    return nil
  }

  private static let all: [(bytes: [UInt8], name: String, fix: String)] = [
    ([0xC2, 0xA0], "a non-breaking space", "type an ordinary space"),
    ([0xE2, 0x80, 0xAF], "a narrow non-breaking space", "type an ordinary space"),
    ([0xE2, 0x80, 0x9C], "a curly quote", "type a straight quote: \""),
    ([0xE2, 0x80, 0x9D], "a curly quote", "type a straight quote: \""),
    ([0xE2, 0x80, 0x98], "a curly quote", "type a straight quote: '"),
    ([0xE2, 0x80, 0x99], "a curly quote", "type a straight quote: '"),
  ]
}
