/// The parameters of a control sequence, as far as movements within a line need them: the first number.
struct ControlParameters: Sendable {
  /// 0 where none is given.
  private(set) var first = 0
  /// No private marker, intermediate or second parameter.
  private(set) var isPlain = true

  mutating func take(_ value: UInt32) {
    guard (0x30...0x39).contains(value) else {
      isPlain = false
      return
    }
    first = min(first * 10 + Int(value - 0x30), 100_000)
  }
}
