/// Names of notes: what Obsidian can link to, and every file system can hold.
public enum NoteName {
  /// `Deploy` for `Deploy.md`.
  public static func title(of fileName: String) -> String {
    isNote(fileName) ? String(fileName.dropLast(3)) : fileName
  }

  /// Ends in `.md`, in any case, with something before it.
  public static func isNote(_ fileName: String) -> Bool {
    fileName.utf8.count > 3 && fileName.suffix(3).lowercased() == ".md"
  }

  /// Text as the name of a note, without `.md`: what a link or a file system can't have becomes a space, and spaces
  /// are one. At most 180 bytes; `Untitled` where nothing is left.
  public static func cleaned(_ text: String) -> String {
    let spaced = text.unicodeScalars.map { isUsable($0) ? Character($0) : " " }
    let words = String(spaced).split(separator: " ").joined(separator: " ")
    let short = shortened(words.drop { $0 == "." || $0 == " " }, bytes: 180)
    let name = trimmedEnd(short)
    return name.isEmpty ? "Untitled" : name
  }

  /// The longest prefix of whole characters that has at most so many bytes.
  static func shortened(_ text: some StringProtocol, bytes: Int) -> String {
    var result = ""
    var length = 0
    for character in text {
      length += character.utf8.count
      if length > bytes { break }
      result.append(character)
    }
    return result
  }

  private static func isUsable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "[", "]", "#", "^", "|", "\\", "/", ":", "*", "?", "\"", "<", ">": false
    default:
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate: false
      // Direction marks and the like: a name must not look like another. The joiner belongs to emoji.
      case .format: scalar == "\u{200D}"
      default: true
      }
    }
  }

  /// Windows drops a dot or a space at the end of a name.
  private static func trimmedEnd(_ text: String) -> String {
    var end = text[...]
    while let last = end.last, last == "." || last == " " { end.removeLast() }
    return String(end)
  }
}
