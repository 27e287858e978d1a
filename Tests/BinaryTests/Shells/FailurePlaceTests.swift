import Foundation
import TestSupport
import Testing

/// A failure says where it is: the note's own line and command, wherever the run is told of.
@Suite(.paced) struct FailurePlaceTests {
  private static let note = """
    ---
    cwd: ../app
    ---
    # Deploy

    - [ ] Build ^build
      ```bash
      build() {
        echo "compiling"
        no-such-compiler --fast
      }
      build
      echo "not reached"
      ```
      ```bash {rollback}
      true
      false
      ```

    """

  @Test func inTerminalNoteRecordAndLogs() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Deploy.md", Self.note)
    let result = try await runbook.run("exec", "Deploy.md")
    #expect(result.status == 4)
    try Golden.expect(runbook.plain(result.stdout), is: "Shells/place.out")
    try Golden.expect(runbook.plain(runbook.read("Deploy.md")), is: "Shells/place.note.md")
    let record = try #require(runbook.record)
    let text = try runbook.plain(runbook.read(record))
    #expect(text.contains("> (runbook: Deploy.md:10: no-such-compiler --fast: exit 127)\n"))
    #expect(text.contains("> Deploy.md:10: no-such-compiler: command not found\n"))
    #expect(text.contains("> (runbook: Deploy.md:17: false: exit 1)\n"))
    let logs = try await runbook.run("logs")
    #expect(
      logs.stdout.contains(
        "compiling\nDeploy.md:10: no-such-compiler: command not found\n"
          + "── Deploy.md:10: no-such-compiler --fast: exit 127\n"), "\(logs.stdout)")
    // The journal has the place, and the raw log the shell's own words.
    #expect(try runbook.journal().contains("\"place\":{\"file\":\"Deploy.md\",\"line\":10}"))
    for text in [result.stdout, try runbook.read("Deploy.md"), logs.stdout] {
      #expect(!text.contains("/script"), "\(text)")
    }
  }

  @Test func ofAnEmbeddedNoteItsOwnLine() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write(
      "Parts/Check.md", "Words.\n\n- [ ] Look\n  ```bash\n  true\n  test -e nothing\n  ```\n")
    try runbook.write("Deploy.md", "---\ncwd: ../app\n---\n- [ ] ![[Check]]\n")
    let result = try await runbook.run("exec", "Deploy.md")
    #expect(result.status == 1)
    #expect(result.stdout.contains("Check.md:6: test -e nothing: exit 1"), "\(result.stdout)")
  }

  struct Language: CustomTestStringConvertible, Sendable {
    let fence: String
    let code: String
    let place: String
    /// What it prints, as it is shown.
    let words: String
    var testDescription: String { fence }
  }

  static let languages = [
    Language(
      fence: "python", code: "def f():\n    raise ValueError(\"no\")\n\nf()",
      place: "n.md:5: raise ValueError(\"no\"): exit 1",
      words: "  File \"n.md\", line 7, in <module>"),
    Language(
      fence: "node", code: "const a = 1\nthrow new Error('no')",
      place: "n.md:5: throw new Error('no'): exit 1",
      words: "n.md:5\n"),
    Language(
      fence: "perl", code: "my $x = 1;\ndie 'no';", place: "n.md:5: die 'no';: exit ",
      words: "no at n.md line 5."),
    Language(
      fence: "sh", code: "echo a\necho \"$NOTHING\"", place: "n.md:5: echo \"$NOTHING\": exit 2",
      words: "n.md:5: NOTHING: parameter not set"),
    // Where it can't be told, that is said too.
    Language(fence: "sh", code: "true\nfalse\ntrue", place: "n.md:4-6: exit 1", words: ""),
    Language(
      fence: "bash {strict=false}", code: "true\nfalse", place: "n.md:4-5: exit 1", words: ""),
    Language(
      fence: "bash", code: "true\n[ -e x ] || exit 9", place: "n.md:5: [ -e x ] || exit 9: exit 9",
      words: ""),
    Language(
      fence: "bash", code: "trap 'echo mine' ERR\ntrue\nfalse", place: "n.md:4-6: exit 1",
      words: "mine"),
  ]

  @Test(arguments: languages) func inEachLanguage(_ test: Language) async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    let code = test.code.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "\n" : "  \($0)\n" }.joined()
    try runbook.write("n.md", "\n- [ ] Go\n  ```\(test.fence)\n\(code)  ```\n")
    let result = try await runbook.run("exec", "n.md")
    #expect(result.status == 1)
    #expect(result.stdout.contains(test.place), "\(result.stdout)")
    let logs = try await runbook.run("logs")
    #expect(test.words.isEmpty || logs.stdout.contains(test.words), "\(logs.stdout)")
  }

  /// What has failed is explained in a line where its words don't.
  @Test(arguments: [
    (
      "echo \"$NOTHING\"",
      "($NOTHING has no value, which stops a block; where it may have none, write ${NOTHING:-})"
    ),
    (
      "i=0\n  ((i++))",
      "(`((…))` fails where its value is 0, as in ((i++)) at 0; write i=$((i + 1)))"
    ),
    (
      "read -r x",
      "(`read` fails at the end of its input, and a block has none but what it gives itself; write `read … || true`)"
    ),
    (
      "yes | head -n 1 > /dev/null",
      "(exit 141: a program wrote into a pipe that was closed, as `head` and `grep -q` close it; where that is fine, write `(… || true) | head`)"
    ),
    (
      "grep x /dev/null",
      "(`grep` fails where it finds nothing; where that is fine, write `… || true`)"
    ),
    ("no-such-command", "(exit 127: a command was not found; see the last lines)"),
  ]) func isExplained(_ code: String, _ hint: String) async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("n.md", "- [ ] Go\n  ```bash\n  \(code)\n  ```\n")
    let result = try await runbook.run("exec", "n.md")
    #expect(result.stdout.contains(hint), "\(result.stdout)")
    #expect(try runbook.read("n.md").contains("> (runbook: \(hint.dropFirst())"))
  }
}
