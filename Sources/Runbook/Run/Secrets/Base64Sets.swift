/// The characters of base64 that have bits of some bytes, of which each may be one of a set.
///
/// The characters at the ends have bits of the neighbours too; whatever these are, they belong to it. A character stands
/// for itself in both alphabets, the usual one and that for URLs.
struct Base64Sets {
  let characters: [ByteSet]
  /// The last character has bits of what follows.
  private let isOpenEnded: Bool

  /// - Parameter offset: how many bytes of a group of three stand before them.
  init(of bytes: [ByteSet], behind offset: Int) {
    let all = [ByteSet](repeating: .all, count: offset) + bytes + [.all]
    let bits = offset * 8..<(offset + bytes.count) * 8
    characters = (bits.lowerBound / 6...(bits.upperBound - 1) / 6).map { place in
      Self.character(all, bit: place * 6)
    }
    isOpenEnded = bits.upperBound % 6 != 0
  }

  var form: SecretForm {
    SecretForm(
      parts: characters.map { SecretForm.Part(byte: $0) }, hasOptionalEnd: isOpenEnded)
  }

  /// Without characters at the beginning that may be nearly any, and have a few bits of the secret at most: where one
  /// could begin with anything, every place of a log would have to be looked at.
  var trimmedForm: SecretForm {
    SecretForm(
      parts: characters.drop { $0.count > 1 }.map { SecretForm.Part(byte: $0) },
      hasOptionalEnd: isOpenEnded)
  }

  private static func character(_ bytes: [ByteSet], bit: Int) -> ByteSet {
    let (place, shift) = (bit / 8, bit % 8)
    let here = bytes[place].bytes
    // Within one byte, or the end of one and the beginning of the next.
    guard shift > 2 else {
      return ByteSet(here.flatMap { letters[Int($0 >> (2 - UInt8(shift)) & 63)] })
    }
    let highs = Set(here.map { Int($0) << (shift - 2) & 63 })
    let lows = Set(bytes[place + 1].bytes.map { Int($0) >> (10 - shift) })
    return ByteSet(highs.flatMap { high in lows.flatMap { letters[high | $0] } })
  }

  private static let letters: [[UInt8]] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8.map { [$0] }
    + [Array("+-".utf8), Array("/_".utf8)]
}
