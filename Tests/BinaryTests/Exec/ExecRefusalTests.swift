import Foundation
import Testing

/// What is wrong before anything runs: a place, a fix, status 2, and nothing is touched.
@Suite(.paced) struct ExecRefusalTests {
  static let notes: [String: String] = [
    "no-step": "# Only words\n\nNothing to do.\n",
    "unknown-attribute":
      "---\ncwd: ../app\n---\n- [ ] A\n  ```bash {rolback}\n  touch ran\n  ```\n",
    "unclosed-fence": "---\ncwd: ../app\n---\n- [ ] A\n  ```bash\n  touch ran\n",
    "required-parameter":
      "---\ncwd: ../app\nparams: [SERVER]\n---\n- [ ] A\n  ```bash\n  touch ran\n  ```\n",
    "bad-duration":
      "---\ncwd: ../app\n---\n- [ ] A\n  ```bash {timeout=soon}\n  touch ran\n  ```\n",
    "rollback-section":
      "---\ncwd: ../app\n---\n- [ ] A\n  ```bash\n  touch ran\n  ```\n\n## Rollback\n\n"
      + "- [ ] Back\n  ```bash\n  touch ran\n  ```\n",
    "hidden-fence": "---\ncwd: ../app\n---\n- [ ] Do it:\n  ```\n  touch ran\n  ```\n",
    "record":
      "---\ntags: [runbook-run]\ncwd: ../app\n---\n- [ ] A\n  ```bash\n  touch ran\n  ```\n",
    "interpreter":
      "---\ncwd: ../app\n---\n- [ ] A\n  ```bash {interpreter=nosuchprogram}\n  touch ran\n  ```\n",
    "folder": "---\ncwd: ../nowhere\n---\n- [ ] A\n  ```bash\n  touch ran\n  ```\n",
    "secret-default":
      "---\ncwd: ../app\nparams:\n  - API_TOKEN=abc\n---\n- [ ] A\n  ```bash\n  touch ran\n  ```\n",
    "secret-missing":
      "---\ncwd: ../app\nsecrets: [DB_PASSWORD]\n---\n- [ ] A\n  ```bash\n  touch ran\n  ```\n",
    "merge-conflict":
      "---\ncwd: ../app\n---\n<<<<<<< HEAD\n- [ ] A\n=======\n- [ ] B\n>>>>>>> x\n"
      + "  ```bash\n  touch ran\n  ```\n",
    "block-outside-steps":
      "---\ncwd: ../app\n---\n```bash\ntouch ran\n```\n\n- [ ] A\n  ```bash\n  touch ran\n  ```\n",
    "five-mistakes":
      "---\ncwd: ../app\ntimeout: long\ntimeuot: 3m\n---\n- [ ] A\n  ```bash {rolback}\n  touch ran\n  ```\n"
      + "- [ ] B\n  ```bash {if=}\n  touch ran\n  ```\n- [ ] C {retries=some}\n  ```bash\n  touch ran\n",
  ]

  @Test(arguments: notes.keys.sorted()) func aNoteIsRefused(_ name: String) async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    let text = try #require(Self.notes[name])
    try runbook.write("note.md", text)
    let before = try Self.stamp(runbook)
    let result = try await runbook.run("exec", "note.md")
    #expect(result.status == 2)
    #expect(result.stdout == "")
    try Golden.expect(runbook.plain(result.stderr), is: "Exec/refused-\(name).err")
    #expect(try Self.stamp(runbook) == before)
    #expect(try runbook.read("note.md") == text)
    #expect(runbook.runs.isEmpty && !runbook.exists("Runs") && !runbook.exists("../app/ran"))
  }

  static let calls: [String: [String]] = [
    "missing": ["exec", "nothing.md"],
    "typo": ["exec", "not.md"],
    "folder-argument": ["exec", "."],
    "section": ["exec", "note.md#Nowhere"],
    "set": ["exec", "note.md", "--set", "nonsense"],
    "set-unknown": ["exec", "note.md", "--set", "SERVR=a"],
    "timeout": ["exec", "note.md", "--timeout", "soon"],
    "record-mode": ["exec", "note.md", "--record", "everywhere"],
    "from": ["exec", "note.md", "--from", "Nothing"],
    "only": ["exec", "note.md", "--only", "Nothing"],
    "option": ["exec", "note.md", "--nonsense"],
    "no-note": ["exec"],
  ]

  @Test(arguments: calls.keys.sorted()) func aCallIsRefused(_ name: String) async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write(
      "note.md",
      "---\ncwd: ../app\nparams:\n  - SERVER=x\n---\n# Head\n\n- [ ] A\n  ```bash\n  touch ran\n  ```\n"
    )
    let before = try Self.stamp(runbook)
    let result = try await runbook.run(try #require(Self.calls[name]))
    #expect(result.status == 2)
    #expect(result.stdout == "")
    try Golden.expect(runbook.plain(result.stderr), is: "Exec/refused-call-\(name).err")
    #expect(try Self.stamp(runbook) == before)
    #expect(runbook.runs.isEmpty && !runbook.exists("Runs") && !runbook.exists("../app/ran"))
  }

  private static func stamp(_ runbook: RunbookBinary) throws -> Date? {
    let path = runbook.folder.appendingPathComponent("note.md").path
    return try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
  }
}
