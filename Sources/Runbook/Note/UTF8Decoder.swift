/// Bytes to scalars, one at a time, so that a chunk may end anywhere. Ill-formed input is cut into
/// maximal subparts, each U+FFFD, as Unicode recommends and as `String(decoding:)` does.
struct UTF8Decoder: Sendable {
  enum Step {
    case incomplete
    case scalar(Unicode.Scalar)
    /// What was pending is ill-formed, and so is this byte.
    case illFormed
    /// What was pending is ill-formed; this byte has to be fed again.
    case illFormedAgain
  }

  static let replacement: Unicode.Scalar = "\u{FFFD}"

  private var missing = 0
  private var value: UInt32 = 0
  private var allowed: ClosedRange<UInt8> = 0x80...0xBF

  /// A sequence has begun and is not complete.
  var isPending: Bool { missing > 0 }

  mutating func feed(_ byte: UInt8) -> Step {
    missing == 0 ? begin(byte) : carryOn(byte)
  }

  mutating func reset() { self = UTF8Decoder() }

  private mutating func begin(_ byte: UInt8) -> Step {
    switch byte {
    case 0...0x7F: return .scalar(Unicode.Scalar(byte))
    case 0xC2...0xDF: return expect(1, byte & 0x1F)
    // The second byte's range excludes overlong forms, surrogates and what lies above U+10FFFF.
    case 0xE0: return expect(2, byte & 0x0F, 0xA0...0xBF)
    case 0xED: return expect(2, byte & 0x0F, 0x80...0x9F)
    case 0xE1...0xEF: return expect(2, byte & 0x0F)
    case 0xF0: return expect(3, byte & 0x07, 0x90...0xBF)
    case 0xF1...0xF3: return expect(3, byte & 0x07)
    case 0xF4: return expect(3, byte & 0x07, 0x80...0x8F)
    default: return .illFormed
    }
  }

  private mutating func expect(
    _ count: Int, _ bits: UInt8, _ range: ClosedRange<UInt8> = 0x80...0xBF
  ) -> Step {
    missing = count
    value = UInt32(bits)
    allowed = range
    return .incomplete
  }

  private mutating func carryOn(_ byte: UInt8) -> Step {
    guard allowed.contains(byte) else {
      reset()
      return .illFormedAgain
    }
    allowed = 0x80...0xBF
    value = value << 6 | UInt32(byte & 0x3F)
    missing -= 1
    guard missing == 0 else { return .incomplete }
    return .scalar(Unicode.Scalar(value) ?? Self.replacement)
  }
}
