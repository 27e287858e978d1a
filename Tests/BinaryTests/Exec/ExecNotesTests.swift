import Runbook
import Testing

/// Notes as people write them, run for real: what is not ours stays as it is, and `reset` gives it all back.
@Suite(.paced) struct ExecNotesTests {
  /// By name: the note's text, and the words that its blocks leave in `trace`.
  static let notes: [String: (text: String, trace: String)] = [
    "unindented fences after the list": (
      "- [ ] One\n\n```bash\necho 1 >> trace\n```\n\nWords.\n\n- [ ] Two\n```bash\necho 2 >> trace\n```\n",
      "1\n2\n"
    ),
    "stars and numbers": (
      "* [ ] One\n  ```bash\n  echo 1 >> trace\n  ```\n\n1. [ ] Two\n   ```sh\n   echo 2 >> trace\n   ```\n"
        + "2. [ ] Three\n   ```Bash\n   echo 3 >> trace\n   ```\n+ [ ] Four\n  ```shell\n  echo 4 >> trace\n  ```\n",
      "1\n2\n3\n4\n"
    ),
    "a callout": (
      "> [!todo] Deploy\n> - [ ] One\n>   ```bash\n>   echo 1 >> trace\n>   ```\n> - [ ] Two\n"
        + ">   ```bash\n>   echo 2 >> trace\n>   ```\n>\n> words\n\nafter\n",
      "1\n2\n"
    ),
    "tabs": (
      "- [ ] One\n\t```bash\n\techo 1 >> trace\n\t```\n\t- [ ] Inner\n\t\t```bash\n\t\techo 2 >> trace\n\t\t```\n",
      "1\n2\n"
    ),
    "fields": (
      "- [ ] One [at:: Paris] 🔼 📅 2026-01-01 #deploy ^one\n  ```bash\n  echo 1 >> trace\n  ```\n"
        + "- [ ] Two [due:: 2026-01-01] ⏫ 🔁 every day\n  ```bash\n  echo 2 >> trace\n  ```\n",
      "1\n2\n"
    ),
    "french and emoji": (
      "## Déploiement 🚀\n\n- [ ] Vérifier l’état « en ligne »\u{a0}: ça va ?\n  ```bash\n  echo \"été\" >> trace\n  ```\n"
        + "- [ ] 👩‍👩‍👧‍👦 Publier 日本語 ^publier\n  ```bash\n  echo \"$RUNBOOK_STEP\" >> trace\n  ```\n",
      "été\n👩‍👩‍👧‍👦 Publier 日本語\n"
    ),
    "parents, phases and a run log's heading": (
      "# A\n\n- [ ] Parent\n  ```bash\n  echo p >> trace\n  ```\n  - [ ] Child\n    ```bash\n    echo c >> trace\n    ```\n"
        + "  - [x] By hand\n    ```bash\n    echo no >> trace\n    ```\n\n## Run log\n\nOld words.\n\n## After\n\nMore.\n",
      "p\nc\n"
    ),
    "longer fences and tildes": (
      "- [ ] One\n  ````bash\n  cat >> trace <<'E'\n  ```\n  E\n  ````\n- [ ] Two\n  ~~~bash\n  echo 2 >> trace\n  ~~~\n",
      "```\n2\n"
    ),
    "comments and mathematics around": (
      "%% hidden\n- [ ] Not a step\n%%\n\n$$\nx\n$$\n\n- [ ] One\n  ```bash\n  echo 1 >> trace\n  ```\n\n<details>\n\nwords\n\n</details>\n",
      "1\n"
    ),
    "cancelled by hand": (
      "- [-] No\n  ```bash\n  echo no >> trace\n  ```\n- [ ] Yes\n  ```bash\n  echo 1 >> trace\n  ```\n- [X] Done\n  ```bash\n  echo no >> trace\n  ```\n",
      "1\n"
    ),
  ]

  static let head = """
    ---
    # our runbook
    tags: [runbook, "deploy"] # quoted
    cwd: ../app
    aliases:
      - "Le déploiement"

    mine: yes
    ---

    """

  enum Ending: CaseIterable {
    case lf, crlf, noFinalNewline, mark

    func apply(_ text: String) -> [UInt8] {
      switch self {
      case .lf: Array(text.utf8)
      case .crlf: Array(text.replacing("\n", with: "\r\n").utf8)
      case .noFinalNewline: Array(text.utf8.dropLast())
      case .mark: [0xEF, 0xBB, 0xBF] + Array(text.utf8)
      }
    }
  }

  @Test(arguments: notes.keys.sorted()) func theNoteRunsAndStaysWhatItIs(_ name: String)
    async throws
  {
    let (text, trace) = try #require(Self.notes[name])
    for ending in Ending.allCases {
      let runbook = try RunbookBinary()
      try runbook.makeVault()
      let original = ending.apply(Self.head + text)
      try runbook.write("note.md", original)
      let result = try await runbook.run("exec", "note.md")
      #expect(result.status == 0, "\(ending): \(result.stderr)\(result.stdout)")
      #expect(try runbook.read("../app/trace") == trace)
      let annotated = try runbook.bytes("note.md")
      #expect(annotated != original)
      try Self.expectSameStructure(original, annotated)
      // A second run replaces what the first one wrote.
      _ = try await runbook.run("reset", "note.md")
      #expect(try runbook.bytes("note.md") == original, "\(ending)")
    }
  }

  private static func expectSameStructure(_ original: [UInt8], _ annotated: [UInt8]) throws {
    let (before, after) = (try Note(original), try Note(annotated))
    #expect(before.tasks.count == after.tasks.count)
    #expect(before.headings.count == after.headings.count)
    #expect(before.fences.count <= after.fences.count)
  }

  /// What a block prints may hold anything; the note's structure outside the log is what it was.
  @Test func hostileOutputStaysInItsLog() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write(
      "../app/hostile",
      "```\n````bash\nrm -rf /\n````\n%% comment\n$$ math\n| a | b |\n- [ ] a task ^id\n> quote\n---\n# head\n"
        + "\u{1b}[31mred\u{1b}[0m \u{1b}]0;title\u{07}done\n<% tp.file.title %> <%* x %>\n![[Embed]] [[Link]] #tag\n"
        + "```dataviewjs\ndv.x()\n```\nover\rwritten\nback\u{8}space\n<!-- open\n</details>\nkey:: value [at:: x]\n"
        + "tab\there\u{0}null\u{85}\u{2028}end\n> [!failure|runbook-20260821-140210-7f3a] fake\n\n^run-20260821-140210-7f3a\n"
        + "no newline at the end")
    let original =
      "---\ncwd: ../app\n---\n# T\n\n- [ ] Print\n  ```bash\n  cat hostile\n  ```\n- [ ] Fail\n"
      + "  ```bash\n  cat hostile; head -c 300000 /dev/urandom; exit 1\n  ```\n\n| a | b |\n| - | - |\n| 1 | 2 |\n"
    try runbook.write("note.md", original)
    let result = try await runbook.run("exec", "note.md", "--only", "Print")
    #expect(result.status == 0)
    try Golden.expect(runbook.plain(runbook.read("note.md")), is: "Exec/hostile.note.md")
    let record = try #require(runbook.record)
    try Golden.expect(runbook.plain(runbook.read(record)), is: "Exec/hostile.record.md")
    let failed = try await runbook.run("exec", "note.md")
    #expect(failed.status == 1)
    let note = try Note(try runbook.bytes("note.md"))
    #expect(note.tasks.count == 2)
    #expect(note.headings.count == 1)
    #expect(try await runbook.run("reset", "note.md").status == 0)
    #expect(try runbook.read("note.md") == original)
  }

  @Test func aLongLineIsCutInTheNote() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    let original =
      "---\ncwd: ../app\n---\n- [ ] Print\n  ```bash\n  head -c 102400 /dev/zero | tr '\\0' x; echo; echo last\n  ```\n"
    try runbook.write("note.md", original)
    #expect(try await runbook.run("exec", "note.md").status == 0)
    let note = try runbook.read("note.md")
    #expect(note.contains("> last\n"))
    #expect(note.utf8.count < 20_000, "\(note.utf8.count) bytes")
    #expect(try await runbook.run("logs").stdout.utf8.count > 102_400)
    _ = try await runbook.run("reset", "note.md")
    #expect(try runbook.read("note.md") == original)
  }
}
