/// The definition of a function.
struct ShellFunction {
  let name: String
  let range: Range<Int>
  /// The bytes between its braces; nil for a body of another form.
  let body: Range<Int>?
  /// Defined in another one.
  let isNested: Bool
}
