/// The form of a run's id: `YYYYMMDD-HHMMSS-hhhh`.
enum RunIdentifier {
  static let length = 20

  static func isIdentifier(_ text: ArraySlice<UInt8>) -> Bool {
    ItemGroupGrammar.matches(text, "00000000-000000-xxxx")
  }

  static func isIdentifier(_ text: String) -> Bool { isIdentifier(Array(text.utf8)[...]) }
}
