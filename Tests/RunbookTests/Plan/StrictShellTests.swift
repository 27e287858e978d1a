import Testing

@testable import Runbook

/// Which blocks stop at their first failure, and what their shells are started with.
@Suite struct StrictShellTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let fence: String
    var front = ""
    /// On the step's text.
    var step = ""
    let command: String
    var testDescription: String { "\(fence) \(step) \(front)" }
  }

  static let cases = [
    Case(fence: "bash", command: "bash -euo pipefail"),
    Case(fence: "shell", command: "bash -euo pipefail"),
    Case(fence: "zsh", command: "zsh -euo pipefail"),
    Case(fence: "sh", command: "sh -eu"),
    Case(fence: "text {interpreter=dash}", command: "dash -eu"),
    Case(fence: "text {interpreter=ksh}", command: "ksh -eu"),
    Case(
      fence: "bash {interpreter=/usr/local/bin/bash}", command: "/usr/local/bin/bash -euo pipefail"),
    Case(fence: "python", command: "python3"),
    // Options of its own.
    Case(fence: "bash {interpreter=\"bash -x\"}", command: "bash -x"),
    Case(fence: "sh", front: "shell: bash -e", command: "bash -e"),
    Case(fence: "bash", front: "shell: env LANG=C bash", command: "env LANG=C bash"),
    Case(fence: "sh", front: "shell: zsh", command: "zsh -euo pipefail"),
    // As the note, the step or the block says.
    Case(fence: "bash", front: "strict: false", command: "bash"),
    Case(fence: "bash", front: "strict: true", command: "bash -euo pipefail"),
    Case(fence: "bash", step: "{strict=false}", command: "bash"),
    Case(fence: "bash {strict=false}", command: "bash"),
    Case(fence: "bash {\"strict\": false}", command: "bash"),
    Case(fence: "bash {strict}", front: "strict: false", command: "bash -euo pipefail"),
    Case(fence: "bash {strict=true}", step: "{strict=false}", command: "bash -euo pipefail"),
    Case(fence: "python", step: "{strict=false}", command: "python3"),
  ]

  @Test(arguments: cases) func aShellWithoutOptionsIsStrict(_ test: Case) throws {
    let front = test.front.isEmpty ? "" : "---\n\(test.front)\n---\n"
    let (plan, problems) = try PlanNote.plan(
      front + "- [ ] Go \(test.step)\n  ```\(test.fence)\n  true\n  ```\n")
    #expect(problems.isEmpty, "\(problems)")
    let block = try #require(plan.steps.first?.blocks.first)
    #expect(block.shownCommand.joined(separator: " ") == test.command)
    #expect(block.command.contains("-c") == (block.strictShell != nil))
  }

  @Test func theVaultsFileSaysItForAllNotes() throws {
    let file = VaultDefaults(
      file: TrustedFile(own: Array("strict: false\n".utf8), path: ".runbook.yml"),
      rootFromNote: ".")
    func command(_ front: String) throws -> [String] {
      let (plan, problems) = try PlanNote.plan(PlanNote.step("", front: front)) {
        $0.vaultDefaults = file
      }
      #expect(problems.isEmpty)
      return try #require(plan.steps.first?.blocks.first).shownCommand
    }
    #expect(try command("") == ["bash"])
    #expect(try command("strict: true") == ["bash", "-euo", "pipefail"])
  }

  @Test func anEmbeddedNoteBringsItsOwn() throws {
    let vault = try EmbedVault([
      "Deploy": "- [ ] ![[In]]\n" + EmbedVault.step("Own"),
      "In": "---\nstrict: false\n---\n" + EmbedVault.step("Go"),
    ])
    let plan = try vault.plan().plan
    #expect(plan.steps.flatMap(\.blocks).map { $0.strictShell == nil } == [true, false])
  }

  /// Somebody who has let a note run before sees that its blocks stop now where they went on.
  @Test func anotherDefaultIsAChangeOfWhatCanExecute() throws {
    func parts(_ front: String) throws -> [ExecutablePart] {
      try PlanNote.plan(PlanNote.step("", front: front)) { $0.listsExecutable = true }
        .plan.executable
    }
    let changes = ExecutableChange.between(try parts("strict: false"), try parts(""))
    #expect(
      changes.flatMap(\.lines).contains("- run: bash")
        && changes.flatMap(\.lines).contains("+ run: bash -euo pipefail"), "\(changes)")
  }

  @Test func anotherDefaultIsAChangeOfTheBlock() throws {
    func digest(_ front: String) throws -> String {
      try #require(PlanNote.plan(PlanNote.step("", front: front)).plan.steps.first?.blocks.first)
        .digest
    }
    #expect(try digest("strict: false") != digest(""))
  }

  /// A property that people have for themselves is no slip.
  @Test(arguments: ["script", "street", "district"]) func anOrdinaryKeyIsNone(
    _ key: String
  ) throws {
    #expect(try PlanNote.messages(PlanNote.step("", front: "\(key): deploy.sh")).isEmpty)
  }
}
