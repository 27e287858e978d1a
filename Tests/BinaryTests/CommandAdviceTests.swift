import Foundation
import TestSupport
import Testing

/// Words that there are in other programs, commands without what they need: each is told what to type.
@Suite(.paced) struct CommandAdviceTests {
  @Test(arguments: [
    ("run x.md", "exec x.md"), ("list", "runs"), ("status", "runs"), ("x.md", "exec x.md"),
    ("x.md#Deploy --yes", "exec x.md#Deploy --yes"), ("stop 1a2b", "cancel 1a2b"),
    ("undo", "rollback"), ("lint .", "check ."), ("exce x.md", "exec x.md"), ("rusn", "runs"),
    ("RUN 'a b.md'", "exec 'a b.md'"), ("plna x.md", "plan x.md"),
  ])
  func anUnknownCommandSuggestsOne(_ typed: String, _ meant: String) async throws {
    let runbook = try RunbookBinary()
    let result = try await ShellCommand.run(runbook, "runbook \(typed)")
    #expect(result.status == 2)
    #expect(result.output.hasPrefix("error: runbook has no command “"))
    #expect(result.output.hasSuffix("  fix: did you mean runbook \(meant)?\n"), "\(result.output)")
  }

  @Test func whatIsNearNothingIsSentToTheHelp() async throws {
    let result = try await RunbookBinary().run("frobnicate")
    #expect(result.status == 2 && result.stdout == "")
    #expect(
      result.stderr
        == "error: runbook has no command “frobnicate”\n  fix: runbook --help shows what there is\n"
    )
  }

  @Test(arguments: [
    ("exec --var A=1 x.md", "--set"), ("plan --param A=1 x.md", "--set"), ("exec -y x.md", "--yes"),
    ("exec --noop x.md", "--dry-run"), ("exec --tiemout 3 x.md", "--timeout"),
  ])
  func anUnknownOptionSuggestsOne(_ typed: String, _ meant: String) async throws {
    let result = try await ShellCommand.run(try RunbookBinary(), "runbook \(typed)")
    #expect(result.status == 2)
    #expect(result.output.contains("Did you mean '\(meant)'?"), "\(result.output)")
  }

  /// Never one that the command does not have.
  @Test func noOptionOfAnotherCommandIsSuggested() async throws {
    let result = try await RunbookBinary().run("logs", "--var", "A=1")
    #expect(result.status == 2 && !result.stderr.contains("--set"))
  }

  @Test func checkWithoutAPathChecksTheVault() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Good.md", "---\ntags: [runbook]\ncwd: ../app\n---\n- [ ] Go\n")
    try runbook.write(
      "Deploys/Bad.md", "---\ntags: [runbook]\ntimout: 3s\ncwd: ../app\n---\n- [ ] Go\n")
    let root = try await runbook.run("check")
    #expect(root.status == 2)
    #expect(root.stdout.hasPrefix("Deploys/Bad.md:3:1: error: "))
    #expect(root.stdout.hasSuffix("1 error in 2 notes\n"))
    let below = try await runbook.run(["check"], cwd: "Deploys")
    #expect(below.stdout.hasPrefix("../Deploys/Bad.md:3:1: error: "))
    #expect(below.stdout.hasSuffix("1 error in 2 notes\n"))
  }

  @Test func aDryRunAsJSONIsThePlan() async throws {
    let runbook = try RunbookBinary()
    try runbook.write("Deploy.md", "- [ ] Go\n  ```bash\n  true\n  ```\n")
    let dry = try await runbook.run("exec", "--dry-run", "--json", "Deploy.md")
    let plan = try await runbook.run("plan", "--json", "Deploy.md")
    #expect(dry.status == 0 && dry.stderr == "" && dry.stdout == plan.stdout)
    #expect(try JSONSerialization.jsonObject(with: Data(dry.stdout.utf8)) is [String: Any])
    let none = try await runbook.run("exec", "--dry-run", "--json", "Gone.md")
    #expect(none.status == 2)
    #expect(try JSONSerialization.jsonObject(with: Data(none.stdout.utf8)) is [String: Any])
  }
}
