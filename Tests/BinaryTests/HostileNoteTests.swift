import Glibc
import TestSupport
import Testing

/// Notes that were made to take time or memory: each is answered or refused. A sixteenth of the largest that is read, and
/// all of it with `RUNBOOK_TORTURE=long`.
@Suite(.paced) struct HostileNoteTests {
  private static let share =
    getenv("RUNBOOK_TORTURE").map { String(cString: $0) } == "long" ? 1 : 16
  private static let size = ((2 << 20) - 100) / share

  private static let notes: [String: String] = [
    "steps": (0..<100_000 / share).map { "- [ ] s\($0)\n" }.joined(),
    "blocks": String(repeating: "- [ ] a\n  ```sh\n  :\n  ```\n", count: 60_000 / share),
    "nested": (0..<900).map { String(repeating: "  ", count: $0) + "- [ ] n\n" }.joined(),
    "quotes": String(repeating: ">", count: size),
    "brackets": String(repeating: "[", count: size),
    "emphasis": String(repeating: "*a _b ", count: size / 6),
    "links": String(repeating: "[a](b", count: size / 5),
    "ticks": (1..<2000).map { String(repeating: "`", count: $0) + " " }.joined(),
    "html": String(repeating: "<a b=\"", count: size / 6),
    "embeds": (0..<60_000 / share).map { "- [ ] ![[x\($0)]]\n" }.joined(),
    "aliases": "---\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n---\n- [ ] a\n",
    "yaml": "---\na: " + String(repeating: "[", count: 60_000 / share) + "\n---\n- [ ] a\n",
    "attributes": "- [ ] a\n  ```sh {" + String(repeating: "a=1 ", count: 200_000 / share)
      + "}\n  :\n  ```\n",
    "nul": String(repeating: "\0", count: size),
    "comments": String(repeating: "%%\n", count: size / 3),
    "lists": String(repeating: "- ", count: size / 2),
    "callouts": String(repeating: "> [!a]-\n> - [ ] x\n", count: 100_000 / share),
    "marks": String(repeating: "- [x] a [result:: ok] · [took:: 1.0s]\n", count: 40_000 / share),
    "defaults": "---\nparams:\n" + (0..<3_000).map { "  P\($0): $P\($0 + 1)\n" }.joined()
      + "---\n- [ ] a\n",
  ]

  /// With half a gigabyte at most, in a debug build; how long each takes is for the benchmarks to say.
  @Test(arguments: notes.keys.sorted()) func isAnsweredOrRefused(_ name: String) async throws {
    let runbook = try RunbookBinary()
    try runbook.write("note.md", Self.notes[name] ?? "")
    for command in ["check", "plan", "reset"] {
      let result = try await StartedProgram.run(
        [
          "/bin/sh", "-c", "ulimit -d 512000 && exec \"$@\"", "-", runbook.program, command,
          "note.md",
        ],
        environment: runbook.environment, folder: runbook.folder.path)
      #expect(
        [0, 1, 2].contains(result.status),
        "\(command): \(result.status) \(result.stderr.prefix(300))")
      #expect(result.status == 0 || !(result.stderr + result.stdout).isEmpty)
    }
  }
}
