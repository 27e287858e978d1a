/// Text from outside (a step's output, a title, a value) made safe to write into a note and to show on a
/// terminal.
///
/// - Terminal escape sequences go, in 7-bit form and as C1 characters. Of the cursor's movements, those
///   within a line are obeyed (carriage return, backspace, to a column, erase to the end), since progress
///   bars are made of them: what the terminal showed last is what is left.
/// - Control characters go, but for the ends of lines and tabs.
/// - Ill-formed UTF-8 and noncharacters become U+FFFD.
/// - Characters that can't be seen go: bidirectional controls (they make text read otherwise than it
///   runs), zero-width spaces, byte order marks, tags, variation selectors of ideographs. ZWJ, ZWNJ and
///   the variation selectors of emoji stay, because emoji and some scripts need them.
/// - `<%` becomes `< %`: the Templater plugin runs what stands behind it.
public enum PlainText {
  /// A line longer than this many bytes of UTF-8 is cut there, and ends in `…`.
  public static let lineLimit = 64 * 1024

  /// The lines of a whole output. An end of line at the very end begins no further line. Takes time in
  /// proportion to the bytes.
  public static func lines(of bytes: [UInt8]) -> [String] {
    var stream = PlainTextStream()
    var lines = stream.feed(bytes)
    if let last = stream.finish() { lines.append(last) }
    return lines
  }

  /// A text as one line: its lines and tabs are joined by spaces.
  public static func line(_ text: String) -> String {
    if isPlain(text) { return text }
    var stream = PlainTextStream(keepsTabs: false)
    var lines = stream.feed(Array(text.utf8))
    if let last = stream.finish() { lines.append(last) }
    return lines.joined(separator: " ")
  }

  private static func isPlain(_ text: String) -> Bool {
    text.utf8.count <= lineLimit
      && text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "<") }
  }

  /// What stands for a scalar in plain text; nil for what has no place there. Control characters are the
  /// caller's affair.
  static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    if scalar.value < 0xA1 { return scalar.value == 0xA0 || scalar.value < 0x7F ? scalar : nil }
    let properties = scalar.properties
    if properties.isNoncharacterCodePoint { return UTF8Decoder.replacement }
    switch properties.generalCategory {
    case .lineSeparator, .paragraphSeparator: return " "
    case .format: return isVisibleFormat(scalar) ? scalar : nil
    default: return (0xE0100...0xE01EF).contains(scalar.value) ? nil : scalar
    }
  }

  /// Format characters that are seen (the number and verse signs of Arabic, Syriac and Kaithi), or that
  /// join and part what is seen.
  static func isVisibleFormat(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200C, 0x200D: true
    case 0x0600...0x0605, 0x06DD, 0x070F, 0x0890...0x0891, 0x08E2, 0x110BD, 0x110CD: true
    default: false
    }
  }
}
