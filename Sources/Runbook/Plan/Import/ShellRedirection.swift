/// `> file`, `2>&1`, `<<EOF`.
struct ShellRedirection {
  let range: Range<Int>
  let heredoc: Heredoc?

  struct Heredoc {
    /// Of the lines between, where they were read.
    var body: Range<Int>
    let isQuoted: Bool
    let stripsTabs: Bool
  }
}
