/// What a block printed for `capture=`.
enum CapturedOutput {
  /// In bytes: a larger value could not be handed on in an environment beside others.
  static let limit = 64 << 10

  /// The output without white space at both ends.
  static func value(of bytes: [UInt8]) -> Result<String, Refusal> {
    let isSpace: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || (0x09...0x0D).contains($0) }
    let start = bytes.firstIndex { !isSpace($0) } ?? bytes.endIndex
    let end = bytes.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start
    let trimmed = bytes[start..<end]
    if trimmed.count > limit {
      return .failure(Refusal(reason: "printed more than 64 KiB for capture"))
    }
    if trimmed.contains(0) {
      return .failure(Refusal(reason: "printed a NUL byte, which no variable can hold"))
    }
    return .success(String(decoding: trimmed, as: UTF8.self))
  }

  struct Refusal: Error, Equatable {
    let reason: String
  }
}
