/// A parameter as the note declares it.
struct ParameterDeclaration: Sendable, Equatable {
  let name: String
  /// Nil: it must be given.
  let defaultValue: String?
  /// Where it stands in the note.
  let range: Range<Int>
}
