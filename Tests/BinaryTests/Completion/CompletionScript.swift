import Foundation
import TestSupport
import Testing

/// The completion script of a shell, as `runbook` makes it, in a file beside the notes' folder.
struct CompletionScript {
  let runbook: RunbookBinary
  let path: String

  init(for shell: String, _ runbook: RunbookBinary, name: String? = nil) async throws {
    self.runbook = runbook
    let made = try await runbook.run("--generate-completion-script", shell)
    try #require(made.status == 0 && made.stderr == "", "\(made.stderr)")
    path = try runbook.write("../scripts/\(name ?? shell)", made.stdout).standardizedFileURL.path
  }

  /// What bash offers at the end of a line, by its own rules: the script is sourced, and its function called as bash
  /// calls it at a Tab.
  ///
  /// - Parameter words: as bash takes the line apart; the last is the one that is asked for.
  func offers(_ words: String...) async throws -> [String] {
    let call = """
      set -u
      source "$1"; shift
      COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_TYPE=9 COMP_KEY=9
      COMP_POINT=${#COMP_LINE}
      set +u
      shopt -s nullglob
      _runbook_tab runbook "${@: -1}" "${@: -2:1}"
      shopt -u nullglob; source /dev/null
      ! shopt -q nullglob || echo "a Tab left its trap" >&2
      for word in "${COMPREPLY[@]}"; do [ -z "$word" ] || printf '%s\\n' "$word"; done
      """
    let result = try await StartedProgram.run(
      ["bash", "--norc", "--noprofile", "-c", call, "bash", path] + words,
      environment: environment, folder: runbook.folder.path)
    #expect(result.status == 0 && result.stderr == "", "\(result.stderr)")
    return result.stdout.split(separator: "\n").map(String.init)
  }

  /// With `runbook` on the path.
  var environment: [String: String] {
    let products = URL(fileURLWithPath: runbook.program).deletingLastPathComponent().path
    var variables = runbook.environment
    variables["PATH"] = "\(products):\(variables["PATH"] ?? "/usr/bin:/bin")"
    return variables
  }
}
