/// A value as it is, in a table's cell: unlike a title it must not lose a character, so what Markdown, Obsidian or
/// Dataview gives a meaning to is escaped.
enum ValueText {
  static func cell(_ value: String) -> String {
    guard !value.isEmpty else { return "(empty)" }
    var scalars = String.UnicodeScalarView()
    for scalar in MarkText.log(value.replacing("\n", with: "⏎")).unicodeScalars {
      if scalar.isASCII, special.contains(scalar) { scalars.append("\\") }
      scalars.append(scalar)
    }
    return String(scalars)
  }

  /// An inline query of Dataview needs code; code needs backticks, and those are escaped.
  private static let special = Set("\\`*_[]<>|^#{}%$=~:!&".unicodeScalars)
}
