/// A script's lines in their order: what is cut into steps.
enum ScriptLayout: Equatable {
  case blank
  /// A line that is only a comment, from its `#`.
  case comment(line: Int)
  /// An index in `Script.units`.
  case unit(Int)
}
