import Foundation
import TestSupport
import Testing

/// `deploy` finds the note of a kind of deploy, and hands it its options.
@Suite(.paced) struct DeployCommandTests {
  private func vault(_ notes: [String] = ["Quick", "Fast", "Full", "Incremental"]) throws
    -> RunbookBinary
  {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    for note in notes {
      let mode = note == "Quick" ? "" : "  - BUILD_MODE=server\n"
      try runbook.write(
        "Workflows/Workflow-\(note).md",
        """
        ---
        tags: [runbook]
        cwd: ../../app
        params:
          - FAIL=
          - DEPLOY_TIMEOUT=600
        \(mode)---
        - [ ] Build {timeout=$DEPLOY_TIMEOUT}
          ```bash
          echo "\(note) ${BUILD_MODE:-none} $DEPLOY_TIMEOUT" >> log
          ```
        - [ ] Fail where it is wanted {if=FAIL}
          ```bash
          exit 1
          ```
        - [ ] Check
          ```bash
          echo checked >> log
          ```

        """)
    }
    return runbook
  }

  private func log(_ runbook: RunbookBinary) throws -> String {
    try String(contentsOf: runbook.app.appendingPathComponent("log"), encoding: .utf8)
  }

  @Test(arguments: [
    ([], "Quick none 600"), (["--quick"], "Quick none 600"), (["--fast-build"], "Fast server 600"),
    (["--full"], "Full server 600"), (["--full-build", "--build-mode", "local"], "Full local 600"),
    (["--full", "--full-build"], "Full server 600"),
    (["--incremental", "--timeout", "30"], "Incremental server 30"),
    (["--fast-build", "--set", "BUILD_MODE=local", "--build-mode", "local"], "Fast local 600"),
    (["--fast-build", "--build-mode", "local", "--build-mode", "local"], "Fast local 600"),
    (["--timeout", "2m", "--set", "DEPLOY_TIMEOUT=120"], "Quick none 120"),
    // A place to build in names the kind, or is the kind's own.
    (["--build-mode", "local"], "Quick none 600"), (["--build-mode", "server"], "Fast server 600"),
    (["--quick", "--build-mode", "local"], "Quick none 600"),
  ])
  func runsTheNote(_ options: [String], _ line: String) async throws {
    let runbook = try vault()
    let result = try await runbook.run(["deploy"] + options)
    #expect(result.status == 0, "\(result.stdout)\(result.stderr)")
    #expect(try log(runbook) == line + "\nchecked\n")
    let note = line.prefix { $0 != " " }
    #expect(try runbook.read("Workflows/Workflow-\(note).md").contains("- [x] Build [took::"))
    #expect(result.stdout.contains("note    Workflows/Workflow-\(note).md\n"))
  }

  @Test func theTimeoutOfTheEnvironmentCounts() async throws {
    let runbook = try vault()
    let result = try await runbook.run("deploy", environment: ["DEPLOY_TIMEOUT": "45"])
    #expect(result.status == 0)
    #expect(try log(runbook).hasPrefix("Quick none 45\n"))
  }

  @Test func itTakesTheOptionsOfExec() async throws {
    let runbook = try vault()
    let dry = try await runbook.run("deploy", "--full", "--dry-run", "--skip", "check")
    #expect(dry.status == 0 && dry.stdout.hasPrefix("Workflow-Full\n"))
    #expect(!FileManager.default.fileExists(atPath: runbook.app.path + "/log"))
    let failing = try await runbook.run("deploy", "--set", "FAIL=yes")
    #expect(failing.status == 1)
    #expect(try log(runbook) == "Quick none 600\n")
    let going = try await runbook.run("deploy", "--set", "FAIL=yes", "--continue-on-error")
    #expect(going.status == 0)
    #expect(try log(runbook) == "Quick none 600\nQuick none 600\nchecked\n")
  }

  @Test func inTheBackground() async throws {
    let runbook = try vault()
    let result = try await runbook.run("deploy", "--background-build")
    #expect(result.status == 0 && result.stdout.contains("goes on in the background"))
    let isDone = try await eventually { (try? log(runbook))?.hasSuffix("checked\n") ?? false }
    #expect(isDone)
  }

  @Test(arguments: [
    (["--quick", "--full"], "--quick and --full contradict each other"),
    (
      ["--quick", "--fast-build", "--incremental"],
      "--quick, --fast-build and --incremental contradict each other"
    ),
    (["--full-build", "--quick"], "--quick and --full-build contradict each other"),
    (
      ["--build-mode", "local", "--build-mode", "server"],
      "--build-mode local and --build-mode server contradict each other"
    ),
    (
      ["--full", "--build-mode", "local", "--set", "BUILD_MODE=server"],
      "--build-mode local and --set BUILD_MODE=server contradict each other"
    ),
    (
      ["--timeout", "30", "--set", "DEPLOY_TIMEOUT=40"],
      "--timeout 30 and --set DEPLOY_TIMEOUT=40 contradict each other"
    ),
    (["--background-build", "--step"], "--background-build and --step contradict each other"),
    (["--build-mode", "remote"], "--build-mode remote: write local or server"),
    (
      ["--quick", "--build-mode", "server"],
      "Workflow-Quick.md builds here, and has no parameter BUILD_MODE: --build-mode server"
    ),
    (["--timeout", "soon"], "--timeout soon"), (["--fulll"], "Unknown option '--fulll'"),
  ])
  func isRefused(_ options: [String], _ message: String) async throws {
    let runbook = try vault()
    let result = try await runbook.run(["deploy"] + options)
    #expect(result.status == 2)
    #expect(result.stderr.contains(message), "\(result.stderr)")
    #expect(runbook.runs.isEmpty)
  }

  @Test func aNoteThatIsNotThereIsNamed() async throws {
    let runbook = try vault(["Quick", "Full"])
    let missing = try await runbook.run("deploy", "--incremental")
    #expect(missing.status == 2)
    #expect(
      missing.stderr.contains(
        "has no note Workflow-Incremental\n  fix: there are Workflow-Quick, Workflow-Full\n"))
    try runbook.write("Old/Workflow-Quick.md", "- [ ] Look\n")
    let twice = try await runbook.run("deploy")
    #expect(twice.status == 2)
    #expect(
      twice.stderr.contains(
        "there are 2 notes Workflow-Quick: Old/Workflow-Quick.md, Workflows/Workflow-Quick.md"))
    // Templates are no workflows.
    try FileManager.default.moveItem(
      at: runbook.folder.appendingPathComponent("Old"),
      to: runbook.folder.appendingPathComponent("templates"))
    #expect(try await runbook.run("deploy").status == 0)
  }

  @Test func fromOutsideTheVault() async throws {
    let runbook = try vault()
    let outside = try await runbook.run(["deploy", "--dry-run"], cwd: runbook.app.path)
    #expect(outside.status == 2 && outside.stderr.contains("this folder is not in a vault"))
    let named = try await runbook.run(
      ["deploy", "--full", "--vault", "../work"], cwd: runbook.app.path)
    #expect(named.status == 0)
    #expect(try log(runbook) == "Full server 600\nchecked\n")
  }

  private func folder(_ name: String, in runbook: RunbookBinary) throws -> String {
    let url = runbook.scratch.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url.path
  }

  /// It works from where people stand: anywhere in the repository that has the vault.
  @Test func theRepositorysVaultIsFound() async throws {
    let runbook = try vault()
    let below = try folder("repo/src/deep", in: runbook)
    _ = try folder("repo/.git", in: runbook)
    let link = runbook.scratch.appendingPathComponent("repo/vault").path
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: runbook.folder.path)
    for place in [below, runbook.scratch.appendingPathComponent("repo").path] {
      let result = try await runbook.run(["deploy", "--dry-run"], cwd: place)
      #expect(result.status == 0 && result.stdout.hasPrefix("Workflow-Quick\n"), "\(result.stderr)")
    }
    #expect(try await runbook.run(["deploy"], cwd: below).status == 0)
    // So do the commands that take a run.
    let logs = try await runbook.run(["logs"], cwd: below)
    #expect(logs.status == 0 && logs.stdout.contains("── 1 Build"), "\(logs.stderr)")
    // Not from beyond the repository, nor from beside the vault.
    _ = try folder("repo/src/.git", in: runbook)
    #expect(try await runbook.run(["deploy", "--dry-run"], cwd: below).status == 2)
  }

  @Test func theEnvironmentNamesTheVault() async throws {
    let runbook = try vault()
    let named = ["RUNBOOK_VAULT": runbook.folder.path]
    let place = try folder("repo", in: runbook)
    let found = try await runbook.run(["deploy", "--dry-run"], environment: named, cwd: place)
    #expect(found.status == 0, "\(found.stderr)")
    let lost = try await runbook.run(
      ["deploy"], environment: ["RUNBOOK_VAULT": "/nowhere/at all"], cwd: place)
    #expect(lost.status == 2 && lost.stderr.contains("RUNBOOK_VAULT is /nowhere/at all, and"))
    // Which of two is meant, nobody guesses; where one stands is no guess.
    let other = try folder("repo/vault/.obsidian", in: runbook)
    let two = try await runbook.run(["deploy"], environment: named, cwd: place)
    #expect(two.status == 2 && two.stderr.contains("two vaults may be meant: "), "\(two.stderr)")
    let inside = try await runbook.run(["deploy"], environment: named, cwd: other)
    #expect(inside.status == 2 && inside.stderr.contains("repo/vault has no note Workflow-Quick"))
    #expect(runbook.runs.isEmpty)
  }

  /// The old command line: `demo/scripts/deploy-prod.sh`, beside the vault as in the project.
  @Test func theOldScriptHandsOver() async throws {
    let runbook = try vault()
    let script = DocPage.root.appendingPathComponent("demo/scripts/deploy-prod.sh")
    let lines = try String(contentsOf: script, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 3)
    let place = runbook.scratch.appendingPathComponent("demo/scripts")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: script, to: place.appendingPathComponent("deploy-prod.sh"))
    try FileManager.default.createSymbolicLink(
      atPath: runbook.scratch.appendingPathComponent("vault").path, withDestinationPath: "work")
    let result = try await ShellCommand.run(
      // By bash: a program that another test is just starting may still have the copy open for writing.
      runbook, "bash ../demo/scripts/deploy-prod.sh --full-build --build-mode local --timeout 90")
    #expect(result.status == 0, "\(result.output)")
    #expect(try log(runbook) == "Full local 90\nchecked\n")
  }
}
