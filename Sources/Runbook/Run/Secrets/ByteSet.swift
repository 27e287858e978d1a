/// Some of the 256 bytes.
struct ByteSet: Hashable {
  private var words = SIMD4<UInt64>(repeating: 0)

  init(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { insert(byte) }
  }

  init(_ byte: UInt8) { insert(byte) }

  static let all = ByteSet(0...255)

  mutating func insert(_ byte: UInt8) { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }

  mutating func formUnion(_ other: ByteSet) { words |= other.words }

  func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] & 1 << UInt64(byte & 63) != 0 }

  var isEmpty: Bool { words == SIMD4(repeating: 0) }

  var bytes: [UInt8] {
    (0..<4).flatMap { word -> [UInt8] in
      var (left, found) = (words[word], [UInt8]())
      while left != 0 {
        found.append(UInt8(word * 64 + left.trailingZeroBitCount))
        left &= left - 1
      }
      return found
    }
  }

  var count: Int { bytes.count }
}
