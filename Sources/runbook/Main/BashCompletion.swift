/// The argument parser's script for bash, without a first line that makes it look like a program, and without a trap that
/// stays in the shell: from the first Tab on, whatever is sourced there would put the shell's options back to what they
/// were at that Tab.
enum BashCompletion {
  private static let head = "#!/bin/bash\n\n"
  private static let registration = "complete -o filenames -F _runbook runbook"

  /// What the parser says, mended where it is that script.
  static func mended(_ text: String) -> String {
    guard text.hasPrefix(head), text.hasSuffix(registration) else { return text }
    return text.dropFirst(head.count).dropLast(registration.count) + """
      _runbook_tab() {
          _runbook "${@}"
          trap - RETURN
      }

      complete -o filenames -F _runbook_tab runbook
      """
  }
}
