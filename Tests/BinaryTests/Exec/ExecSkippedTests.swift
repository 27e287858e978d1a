import Testing

/// A tick means that something was done.
@Suite(.paced) struct ExecSkippedTests {
  @Test(arguments: [("", "skipped"), ("yes", "ticked")])
  func aStepOfWhichNothingRan(value: String, expected: String) async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write(
      "note.md",
      "---\ncwd: ../app\nparams: [X=]\n---\n- [ ] A\n  ```bash {if=X}\n  echo a >> trace\n  ```\n")
    #expect(try await runbook.run("exec", "note.md", "--set", "X=\(value)").status == 0)
    let note = try runbook.read("note.md")
    #expect(note.contains("- [ ] A [result:: skipped]") == (expected == "skipped"))
    #expect(note.contains("- [x] A [took::") == (expected == "ticked"))
    #expect(runbook.exists("../app/trace") == (expected == "ticked"))
  }
}
