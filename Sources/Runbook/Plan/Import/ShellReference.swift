/// A variable whose value is used.
struct ShellReference {
  let name: String
  /// Of the name alone.
  let range: Range<Int>
  let function: String?
}
