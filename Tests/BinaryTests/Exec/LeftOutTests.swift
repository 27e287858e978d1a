import Foundation
import TestSupport
import Testing

/// What `--from`, `--only` and `--skip` leave out keeps what it says.
@Suite(.paced) struct LeftOutTests {
  private static func step(_ title: String) -> String {
    "- [ ] \(title)\n  ```bash\n  echo \(title.prefix(1)) >> trace\n  ```\n"
  }

  private static let note =
    "---\ntags: [runbook]\ncwd: ../app\n---\n" + step("A, first #tag 📅 2026-01-01")
    + "- [x] B, by hand ^b\n" + step("C, third") + "  - [ ] Inside C\n"
    + "    ```bash\n    echo inside >> trace\n    ```\n" + step("D, last")

  private static func lines(_ runbook: RunbookBinary) throws -> [String] {
    try runbook.read("Deploy.md").split(separator: "\n").map(String.init)
      .filter { $0.contains("- [") }
  }

  @Test func whatWasDoneKeepsItsTickAndItsWords() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Deploy.md", Self.note)
    #expect(try await runbook.run("exec", "Deploy.md", "--skip", "D, last").status == 0)
    let before = try Self.lines(runbook)
    #expect(before[0].hasPrefix("- [x] A, first [took:: "), "\(before)")
    #expect(before[1].hasPrefix("- [x] B, by hand [result:: by hand]"))
    for options in [["--from", "D, last"], ["--only", "D, last"], ["--from", "D, last"]] {
      #expect(try await runbook.run(["exec", "Deploy.md"] + options).status == 0)
      let after = try Self.lines(runbook)
      #expect(Array(after.prefix(4)) == Array(before.prefix(4)), "\(options)")
      #expect(after[4].hasPrefix("- [x] D, last [took:: "))
    }
    #expect(try await runbook.run("exec", "Deploy.md", "--only", "C, third").status == 0)
    let after = try Self.lines(runbook)
    #expect(after[0] == before[0] && after[1] == before[1])
    #expect(after[4].hasPrefix("- [x] D, last [took:: "))
    #expect(try await runbook.run("reset", "Deploy.md").status == 0)
    #expect(try runbook.read("Deploy.md") == Self.note)
  }

  /// Nobody did it: that it was left out is all there is to say. A box that a person has set is his.
  @Test func whatWasNotDoneIsSkippedAndAPersonsTickIsNotTouched() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Deploy.md", Self.note)
    #expect(try await runbook.run("exec", "Deploy.md", "--from", "C, third").status == 0)
    let lines = try Self.lines(runbook)
    #expect(lines[0].hasPrefix("- [ ] A, first [result:: skipped]"))
    #expect(lines[1] == "- [x] B, by hand ^b")
    #expect(lines[2].hasPrefix("- [x] C, third [took:: "))
    #expect(try runbook.read("../app/trace") == "C\ninside\nD\n")
  }
}
