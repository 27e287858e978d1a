/// Whole numbers as text, without the standard library's formatting (it would double the program's size).
enum Decimal {
  /// A number of at most 15 digits and nothing else, so that sums of two never overflow.
  static func value(_ text: UnsafePointer<CChar>?) -> Int64? {
    guard let text else { return nil }
    var length = 0
    while text[length] != 0 { length += 1 }
    return text.withMemoryRebound(to: UInt8.self, capacity: length + 1) {
      value(UnsafeBufferPointer(start: $0, count: length))
    }
  }

  static func value(_ digits: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard !digits.isEmpty, digits.count <= 15 else { return nil }
    var sum: Int64 = 0
    for byte in digits {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      sum = sum * 10 + Int64(byte - UInt8(ascii: "0"))
    }
    return sum
  }
}
