/// The last gate for text that goes into a note: whatever a caller passes, a line stays one line and a title
/// stays text.
enum MarkText {
  /// A line of a log: control characters go, what some reader takes for a line break becomes a space, what nobody sees
  /// is shown, and Templater's opening mark loses its power.
  static func log(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      defer { previous = scalar }
      switch scalar.value {
      case 0x09: scalars.append(scalar)
      case 0x0A...0x0D, 0x85, 0x2028, 0x2029: scalars.append(" ")
      case 0x00..<0x20, 0x7F..<0xA0: continue
      case 0x25 where scalars.last == "<":
        scalars.append(" ")
        scalars.append(scalar)
      default:
        if let shown = HiddenCharacter.shown(scalar, after: previous) {
          scalars.append(contentsOf: shown.unicodeScalars)
        } else {
          scalars.append(scalar)
        }
      }
    }
    return String(scalars)
  }

  /// A line of Markdown in the callout. Comments and math would hide what follows, embeds and images would bring
  /// in more than was said.
  static func body(_ text: String) -> String {
    separated(separated(separated(log(text), "%", "%"), "$", "$"), "!", "[")
  }

  /// Plain text: no character is left that Markdown, Obsidian or Dataview gives a meaning to.
  static func title(_ text: String) -> String {
    let dropped: Set<Unicode.Scalar> = [
      "`", "*", "[", "]", "<", ">", "\\", "|", "^", "#", "{", "}",
    ]
    var scalars = String.UnicodeScalarView()
    for scalar in log(text).unicodeScalars where !dropped.contains(scalar) {
      // Pairs: `%%` `$$` `==` `~~` `__` `::`.
      if scalars.last == scalar, "%$=~_:".unicodeScalars.contains(scalar) { continue }
      scalars.append(scalar)
    }
    return String(String(scalars).split(separator: " ").joined(separator: " "))
  }

  private static func separated(
    _ text: String, _ first: Unicode.Scalar, _ second: Unicode.Scalar
  ) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == second, scalars.last == first { scalars.append(" ") }
      scalars.append(scalar)
    }
    return String(scalars)
  }
}
