/// Values of a note's properties (its YAML front matter) as text.
public enum PropertyText {
  /// A text as a YAML scalar that every YAML reader gives back as that text: plain where that is safe, else in
  /// double quotes.
  public static func text(_ value: String) -> String { isPlain(value) ? value : quoted(value) }

  /// Letters and digits inside, with few marks between; nothing that reads as a number, a date or a truth value.
  private static func isPlain(_ value: String) -> Bool {
    guard let first = value.utf8.first, let last = value.utf8.last, isLetter(first),
      isLetter(last) || (0x30...0x39).contains(last)
    else { return isRunIdentifier(value) }
    let words: Set<String> = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
    guard !words.contains(value.lowercased()) else { return false }
    return value.utf8.allSatisfy { byte in
      isLetter(byte) || (0x30...0x39).contains(byte)
        || [0x20, 0x2D, 0x2E, 0x2F, 0x5F].contains(byte)
    }
  }

  private static func isRunIdentifier(_ value: String) -> Bool { RunIdentifier.isIdentifier(value) }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
  }

  /// A text of which only the words matter, not whether it reads as a number or a date: quoted only where it must be,
  /// in a list in brackets too.
  static func setting(_ value: String) -> String {
    guard let first = value.utf8.first, let last = value.utf8.last, first != 0x20, last != 0x20,
      !Array("-=@".utf8).contains(first)
    else { return quoted(value) }
    let isPlain = value.utf8.allSatisfy { byte in
      isLetter(byte) || (0x30...0x39).contains(byte) || Array("_-./=+$@ ".utf8).contains(byte)
    }
    return isPlain ? value : quoted(value)
  }

  /// In double quotes, whatever it holds.
  public static func quoted(_ value: String) -> String {
    var result = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default:
        if isPrintable(scalar) {
          result.unicodeScalars.append(scalar)
        } else {
          result += escaped(scalar)
        }
      }
    }
    return result + "\""
  }

  /// YAML's reader refuses control characters, and takes some others for line breaks.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7F, 0xA0..<0x2028, 0x202A..<0xD800, 0xE000..<0xFEFF, 0xFF00..<0xFFFE: true
    case 0x1_0000...: true
    default: false
    }
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    let isByte = scalar.value <= 0xFF
    return (isByte ? "\\x" : "\\u")
      + scalar.value.digits(isByte ? 2 : 4, radix: 16, uppercase: true)
  }
}
