/// What a program may send to a terminal: text, ends of lines, and runbook's own sequences. Takes nothing from the
/// product, so that a fault of its idea of text is not repeated here.
public enum TerminalText {
  /// What there is besides, in words; empty where all is well.
  public static func strays(in bytes: [UInt8]) -> [String] {
    guard let text = String(validating: bytes, as: UTF8.self) else { return ["no UTF-8"] }
    var strays: [String] = []
    var rest = text.unicodeScalars[...]
    var previous: Unicode.Scalar?
    while let scalar = rest.popFirst() {
      defer { previous = scalar }
      guard scalar == "\u{1B}" else {
        if !isText(scalar, after: previous) && !isEndOfLine(scalar, rest) {
          strays.append("U+\(String(scalar.value, radix: 16))")
        }
        continue
      }
      let end = rest.dropFirst().firstIndex { ("@"..."~").contains($0) } ?? rest.endIndex
      let sequence = String(rest[..<end]) + (end < rest.endIndex ? String(rest[end]) : "")
      guard sequence.hasPrefix("["), isOurs(String(sequence.dropFirst())) else {
        strays.append("ESC \(sequence.prefix(12))")
        continue
      }
      rest = rest[rest.index(after: end)...]
    }
    return strays
  }

  /// Colours and bold, cursor and wrapping off and on, a frame's begin and end, the cursor up, erasing to the end: all
  /// that runbook itself sends.
  private static func isOurs(_ sequence: String) -> Bool {
    let fixed = ["?2026h", "?2026l", "?25h", "?25l", "?7h", "?7l", "J", "K"]
    if fixed.contains(sequence) { return true }
    let number = Int(sequence.dropLast())
    if sequence.hasSuffix("m") { return [0, 1, 2, 31, 32, 33, 34, 36].contains(number) }
    return sequence.hasSuffix("A") && (1...200).contains(number ?? 0)
  }

  /// A carriage return is the terminal's own, in front of a line feed, or begins a frame of the live view.
  private static func isEndOfLine(
    _ scalar: Unicode.Scalar, _ rest: Substring.UnicodeScalarView
  ) -> Bool {
    scalar == "\n" || scalar == "\r" && ["\n", "\r", "\u{1B}", nil].contains(rest.first)
  }

  private static func isText(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> Bool {
    if scalar == "\t" { return true }
    if isJoiner(scalar) {
      guard let previous else { return false }
      return !previous.isASCII
        || scalar.value >= 0xFE0E && "0123456789#*".unicodeScalars.contains(previous)
    }
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: return false
    // The signs of numbers and verses, and what stands over them.
    case .format:
      return [
        0x0600...0x0605, 0x06DD...0x06DD, 0x070F...0x070F, 0x0890...0x0891,
        0x08E2...0x08E2, 0x110BD...0x110CD,
      ].contains { $0.contains(scalar.value) }
    default: return !scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  private static func isJoiner(_ scalar: Unicode.Scalar) -> Bool {
    (0x200C...0x200D).contains(scalar.value) || (0xFE00...0xFE0F).contains(scalar.value)
  }
}
