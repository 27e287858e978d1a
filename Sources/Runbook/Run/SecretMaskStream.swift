/// Masks a stream of bytes in pieces of any size; a secret that two pieces share is found all the same.
struct SecretMaskStream {
  private let mask: SecretMask
  /// The end of what came so far, which may be the beginning of a secret.
  private var pending: [UInt8] = []
  private(set) var isChanged = false

  init(_ mask: SecretMask) { self.mask = mask }

  mutating func feed(_ bytes: [UInt8]) -> [UInt8] {
    pending += bytes
    return take(upTo: max(0, pending.count - max(0, mask.longest - 1)))
  }

  mutating func finish() -> [UInt8] { take(upTo: pending.count) }

  private mutating func take(upTo end: Int) -> [UInt8] {
    let (bytes, rest, isChanged) = mask.masked(pending, upTo: end)
    if isChanged { self.isChanged = true }
    pending.removeFirst(rest)
    return bytes
  }
}
