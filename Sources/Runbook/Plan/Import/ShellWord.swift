/// A word of a shell command.
struct ShellWord: Equatable {
  let range: Range<Int>
  /// What it is without its quotes; nil where the shell puts something in.
  let literal: String?
  /// Some of it is the output of a command, a process number or chance: it differs from one time to the next.
  let isDynamic: Bool
}
