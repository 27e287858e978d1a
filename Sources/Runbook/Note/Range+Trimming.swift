extension Range<Int> {
  /// The range without spaces and tabs at both ends.
  func trimmed(in bytes: [UInt8]) -> Range<Int> {
    var (start, end) = (lowerBound, upperBound)
    let isSpace: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    while start < end, isSpace(bytes[start]) { start += 1 }
    while end > start, isSpace(bytes[end - 1]) { end -= 1 }
    return start..<end
  }
}
