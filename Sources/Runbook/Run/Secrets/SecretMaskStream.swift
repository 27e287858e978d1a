/// Masks a stream of bytes in pieces of any size; a secret that two pieces share is found all the same.
struct SecretMaskStream {
  private let mask: SecretMask
  /// The end of what came so far, which may be the beginning of a secret.
  private var pending: [UInt8] = []
  private(set) var isChanged = false

  init(_ mask: SecretMask) { self.mask = mask }

  mutating func feed(_ bytes: [UInt8]) -> [UInt8] {
    if mask.isEmpty { return bytes }
    pending += bytes
    return take(isWhole: false)
  }

  mutating func finish() -> [UInt8] { take(isWhole: true) }

  private mutating func take(isWhole: Bool) -> [UInt8] {
    guard !pending.isEmpty else { return [] }
    let (bytes, rest, isChanged) = mask.masked(pending, isWhole: isWhole)
    if isChanged { self.isChanged = true }
    pending.removeFirst(rest)
    return bytes
  }
}
