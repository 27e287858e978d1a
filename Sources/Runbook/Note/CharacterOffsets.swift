/// From a count of characters (Unicode scalars) to byte offsets, for text that a C library counts in characters.
struct CharacterOffsets {
  let start: Int
  let end: Int
  /// Byte offset of each character; empty where all are ASCII and nothing needs looking up.
  private let bytes: [Int]

  init(_ text: UnsafeBufferPointer<UInt8>, from start: Int) {
    self.start = start
    end = start + text.count
    guard text.contains(where: { $0 >= 0x80 }) else {
      bytes = []
      return
    }
    var bytes: [Int] = []
    bytes.reserveCapacity(text.count)
    for (index, byte) in text.enumerated() where byte & 0xC0 != 0x80 { bytes.append(start + index) }
    self.bytes = bytes
  }

  func byte(of character: Int) -> Int {
    guard !bytes.isEmpty else { return min(start + character, end) }
    return character < bytes.count ? bytes[character] : end
  }
}
