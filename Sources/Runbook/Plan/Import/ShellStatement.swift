/// A command list at the top of a script, or of a function's body, up to its end of line.
struct ShellStatement {
  /// With the lines of its here-documents.
  var range: Range<Int>
  let isBackground: Bool
}
