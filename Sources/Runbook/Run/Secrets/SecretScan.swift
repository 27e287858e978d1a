/// Looks for forms of secrets in bytes.
struct SecretScan {
  enum Extent: Equatable {
    case nothing
    /// With where it ends.
    case matched(Int)
    /// Whether it is one depends on what follows.
    case open
  }

  let bytes: UnsafeBufferPointer<UInt8>
  /// Nothing follows them.
  let isWhole: Bool

  static let escape: UInt8 = 0x1B
  /// What stands between two bytes of a secret is not longer.
  private static let longestGap = 256

  func extent(of form: SecretForm, at start: Int) -> Extent {
    var index = start
    if !form.head.isEmpty {
      guard form.head.contains(bytes[index]) else { return .nothing }
      index += 1
    }
    for byte in form.core {
      switch place(from: index, form.gaps, isFirst: index == start, where: { $0 == byte }) {
      case .matched(let place): index = place + 1
      case .open: return .open
      case .nothing: return .nothing
      }
    }
    guard !form.tail.isEmpty else { return .matched(index) }
    switch place(from: index, form.gaps, isFirst: false, where: form.tail.contains) {
    case .matched(let place): return .matched(place + 1)
    case .open: return isWhole ? .matched(index) : .open
    case .nothing: return .matched(index)
    }
  }

  /// Where the next byte of a form is, behind a gap or none.
  private func place(
    from start: Int, _ gaps: SecretForm.Gaps, isFirst: Bool, where fits: (UInt8) -> Bool
  ) -> Extent {
    var index = start
    while index < bytes.count, index - start <= Self.longestGap {
      let byte = bytes[index]
      if fits(byte) { return .matched(index) }
      if isFirst { return .nothing }
      if gaps.hold(byte) {
        index += 1
      } else if byte == Self.escape {
        guard let end = endOfCode(index) else { break }
        index = end
      } else {
        return .nothing
      }
    }
    // A code that never ends holds nothing up.
    return bytes.count - start > Self.longestGap || isWhole ? .nothing : .open
  }

  /// Where a terminal code ends; nil where it has not come whole.
  private func endOfCode(_ start: Int) -> Int? {
    var index = start + 1
    guard index < bytes.count else { return nil }
    if bytes[index] == UInt8(ascii: "]") {
      // To a bell, or to `ESC \`.
      while index < bytes.count {
        if bytes[index] == 0x07 { return index + 1 }
        if bytes[index] == Self.escape { return index + 1 < bytes.count ? index + 2 : nil }
        index += 1
      }
      return nil
    }
    if bytes[index] == UInt8(ascii: "[") { index += 1 }
    while index < bytes.count, (0x20...0x3F).contains(bytes[index]) { index += 1 }
    return index < bytes.count ? index + 1 : nil
  }
}
