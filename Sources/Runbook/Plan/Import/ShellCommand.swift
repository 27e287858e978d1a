/// A simple command: assignments, words, redirections.
struct ShellCommand {
  var range: Range<Int>
  var assignments: [ShellAssignment] = []
  var words: [ShellWord] = []
  var redirections: [ShellRedirection] = []
  /// In a subshell or a pipeline: what it sets is gone afterwards.
  var isApart: Bool
  /// The function that it stands in.
  let function: String?
  /// What it stands behind in its list.
  var follows: String?

  /// The command's name, where it can be told.
  var name: String? { words.first?.literal }
}
