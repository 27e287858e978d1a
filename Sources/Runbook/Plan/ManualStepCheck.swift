/// A step without a block is for a person, and must look like it: a block that was meant to run and can't
/// would otherwise be waved through by hand.
struct ManualStepCheck {
  let note: Note

  func refuse(
    _ task: TaskItem, _ text: StepText, _ fences: [Fence], _ problems: inout DiagnosticCollector
  ) {
    for fence in fences {
      if fence.language.isEmpty, fence.attributes.isEmpty {
        problems.error(
          "this step has no block that runs, but a fence without a language",
          at: note.lines.content(of: fence.line).trimmed(in: note.bytes),
          fix: "write ```bash to run it, or ```text if a person should read it")
      } else {
        refuseNearLanguage(fence, &problems)
      }
    }
    if text.title.isEmpty, text.blockID == nil, fences.isEmpty {
      problems.error(
        "this step says nothing", at: task.mark.lowerBound - 1..<task.mark.upperBound + 1,
        fix: "write what is to be done, or delete the box")
    }
  }

  private func refuseNearLanguage(_ fence: Fence, _ problems: inout DiagnosticCollector) {
    let language = note.text(fence.language).lowercased()
    if Self.otherShells.contains(language) {
      problems.warning(
        "“\(language)” does not run: a person will be asked to do this step", at: fence.language,
        fix: "write ```bash, or name its program: ```\(language) {interpreter=…}; "
          + "```text if a person should read it")
      return
    }
    guard !Self.otherLanguages.contains(language), language.count > 2,
      let near = Spelling.nearest(to: language, among: Interpreter.known.keys.sorted())
    else { return }
    problems.error(
      "“\(language)” is no language that runs", at: fence.language,
      fix: "did you mean \(near)? Write ```text if a person should read it")
  }

  /// What looks like commands for a shell, and does not run by itself.
  private static let otherShells: Set<String> = [
    "fish", "ksh", "dash", "ash", "csh", "tcsh", "pwsh", "powershell", "ps1", "bat", "cmd",
    "console", "terminal", "shellscript", "shell-script", "shell-session", "sh-session",
    "bash-session", "shellsession", "zsh-session", "php", "lua", "tcl", "typescript", "ts",
  ]

  /// One slip away from a language that runs, and a language of its own.
  private static let otherLanguages: Set<String> = ["jsx", "json", "tsx", "rust", "css", "csv"]
}
