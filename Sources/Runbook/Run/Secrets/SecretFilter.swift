/// Which three bytes a secret may begin with: a log is read at some hundred megabytes a second where none of them are.
struct SecretFilter: Sendable {
  private static let bits = 20
  /// A bit for each value of `hash`: never unset where a form begins so, and seldom set elsewhere.
  private let beginnings: [UInt64]
  /// Bytes that may stand between two of a secret: where one comes up, two bytes must do.
  private let isGap: [Bool]
  /// At least 0 where a form may begin with two bytes, or with one and a gap.
  private let pairs: [Int32]
  /// A form that is over after two bytes can begin anywhere.
  private let passesNothing: Bool

  init(_ forms: [SecretForm], pairs: [Int32]) {
    self.pairs = pairs
    var beginnings = [UInt64](repeating: 0, count: forms.isEmpty ? 0 : 1 << (Self.bits - 6))
    var hasShort = false
    for form in forms {
      // The byte behind the core may be missing, and then anything follows.
      let least = form.core.count + (form.head.isEmpty ? 0 : 1)
      guard least >= 3, let firsts = form.bytes(at: 0), let seconds = form.bytes(at: 1),
        let thirds = form.bytes(at: 2)
      else {
        hasShort = true
        continue
      }
      for first in firsts {
        for second in seconds {
          for third in thirds {
            let hash = Self.hash(first, second, third)
            beginnings[hash >> 6] |= 1 << UInt64(hash & 63)
          }
        }
      }
    }
    self.beginnings = beginnings
    passesNothing = hasShort
    isGap = (0...255).map { $0 == SecretScan.escape || SecretForm.Gaps.blanks.hold($0) }
  }

  /// The next place at which a form may begin; at the end of the bytes, where fewer than three are left, each is one.
  func next(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    if passesNothing { return start }
    return beginnings.withUnsafeBufferPointer { beginnings in
      isGap.withUnsafeBufferPointer { isGap in
        pairs.withUnsafeBufferPointer { pairs in
          var index = start
          while index + 2 < bytes.count {
            let (second, third) = (bytes[index + 1], bytes[index + 2])
            if isGap[Int(second)] || isGap[Int(third)] {
              if pairs[Int(bytes[index]) << 8 | Int(second)] >= 0 { return index }
            } else {
              let hash = Self.hash(bytes[index], second, third)
              if beginnings[hash >> 6] & (1 << UInt64(hash & 63)) != 0 { return index }
            }
            index += 1
          }
          return index
        }
      }
    }
  }

  /// Multiplied by an odd number near the golden ratio of 32 bits, as Fibonacci hashing does.
  private static func hash(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
    let key = UInt32(first) << 16 | UInt32(second) << 8 | UInt32(third)
    return Int((key &* 2_654_435_769) >> UInt32(32 - bits))
  }
}
