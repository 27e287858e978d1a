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

  /// As code, which is easier to read and to copy, where nothing in it could be more than that.
  static func code(_ value: String) -> String {
    guard let first = value.utf8.first, plain.contains(first), first != UInt8(ascii: "="),
      value.utf8.allSatisfy({ plain.contains($0) || $0 == 0x20 })
    else { return cell(value) }
    return "`\(value)`"
  }

  private static let plain = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:@+-=,()".utf8)

  /// An inline query of Dataview needs code; code needs backticks, and those are escaped.
  private static let special = Set("\\`*_[]<>|^#{}%$=~:!&".unicodeScalars)
}
