import Foundation
import TestSupport
import Testing

/// What becomes of blocks as people write them, in each shell, here and on a host: status, line and words of each.
@Suite(.paced) struct ShellTableTests {
  static let shells = ["bash", "sh", "zsh"]

  @Test(arguments: shells) func here(_ shell: String) async throws {
    let runbook = try RunbookBinary()
    try await Self.table(runbook, shell, place: "here")
  }

  @Test(.enabled(if: SSHServer.isThere, "there is no sshd"), arguments: shells)
  func onAHost(_ shell: String) async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    try await Self.table(
      runbook, shell, place: "host", head: "ssh_config: ssh_config\nhost: prod\n")
    #expect(server.leftovers == [])
  }

  private static func table(
    _ runbook: RunbookBinary, _ shell: String, place: String, head: String = ""
  ) async throws {
    let blocks = ShellBlock.all + (shell == "sh" ? [] : ShellBlock.more)
    let steps = blocks.map { block in
      let code = block.code.split(separator: "\n").map { "  \($0)\n" }.joined()
      return "- [ ] \(block.name)\n  ```\(shell) {continue-on-error}\n\(code)  ```\n"
    }
    try runbook.write("t.md", "---\nrecord: none\n\(head)---\n" + steps.joined())
    let result = try await runbook.run("exec", "t.md")
    #expect(result.status == 0, "\(result.stderr)")
    let logs = try await runbook.run("logs")
    try Golden.expect(
      Self.text(result.stdout, logs.stdout, of: blocks), is: "Shells/\(shell)-\(place).txt")
  }

  /// A paragraph a block: how it ended and what it printed.
  private static func text(_ output: String, _ logs: String, of blocks: [ShellBlock]) -> String {
    let ends = output.split(separator: "\n").filter { !$0.contains(" ▸ ") }
    var printed: [String: [String]] = [:]
    var name = ""
    for line in logs.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("── ") {
        let words = line.dropFirst(3).split(separator: " ", maxSplits: 1)
        if words.first.flatMap({ Int($0) }) != nil { name = String(words.last ?? "") }
      } else if !line.isEmpty {
        printed[name, default: []].append("    \(line)")
      }
    }
    return blocks.enumerated().map { index, block in
      let end = ends.first { $0.contains(" \(index + 1) \(block.name)  ") } ?? "? \(block.name)"
      // Without the time of day, and how long it took.
      let words = end.split(separator: "  ").dropFirst().map(String.init)
      let result = (words.last ?? "").split(separator: ", ").dropLast().joined(separator: ", ")
      return
        ([block.name + ": " + (result.isEmpty ? "succeeded" : result)]
        + (printed[block.name] ?? [])).joined(separator: "\n")
    }.joined(separator: "\n") + "\n"
  }

  /// Where something fails that nothing guards, the block fails; what is lost under any options of a shell is what
  /// `check` warns of, and what runs beside it.
  @Test(arguments: shells) func whatFailsUnguardedFails(_ shell: String) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/Shells")
    let guarded: Set<String> = [
      "an if that says no", "in front of &&", "in front of ||", "behind !", "a function in an if",
      "a name that may be missing", "that goes on",
    ]
    let lost: Set<String> = [
      "in a local value", "in an exported value", "in a word", "in a here-document",
      "in the background",
    ]
    // dash has no pipefail.
    let unseen: Set<String> =
      shell == "sh"
      ? ["in front of a pipe", "within a pipe", "a pipe that is closed", "in a function in a pipe"]
      : []
    for place in ["here", "host"] {
      let text = try String(
        contentsOf: folder.appendingPathComponent("\(shell)-\(place).txt"), encoding: .utf8)
      let succeeded = text.split(separator: "\n").filter { $0.hasSuffix(": succeeded") }
        .map { String($0.dropLast(": succeeded".count)) }
      #expect(Set(succeeded) == guarded.union(lost).union(unseen), "\(shell) \(place)")
    }
  }
}
