import Foundation
import TestSupport
import Testing

/// `docs/runbook.1` says what the program and the documentation say. `RUNBOOK_RECORD=1` writes it again.
@Suite(.paced) struct ManualPageTests {
  private static let file = DocPage.root.appendingPathComponent("docs/runbook.1")

  @Test func saysWhatTheProgramSays() async throws {
    let runbook = try RunbookBinary()
    let version = try await runbook.run("--version").stdout
    let text = ManualPage(
      info: try await CommandInfo.read(runbook),
      version: version.trimmingCharacters(in: .whitespacesAndNewlines),
      readme: try DocPage("README.md"), commandLine: try DocPage("docs/command-line.md")
    ).text
    if ProcessInfo.processInfo.environment["RUNBOOK_RECORD"] == "1" {
      try Data(text.utf8).write(to: Self.file)
    }
    #expect(try String(contentsOf: Self.file, encoding: .utf8) == text)
  }

  @Test(arguments: [
    ["mandoc", "-T", "lint", "-W", "warning"], ["groff", "-mandoc", "-T", "utf8", "-w", "w", "-z"],
  ])
  func formattersFindNothing(_ formatter: [String]) async throws {
    let page = try String(contentsOf: Self.file, encoding: .utf8)
      .replacing("$Mdocdate$", with: "January 1, 2026")
    let runbook = try RunbookBinary()
    try runbook.write("runbook.1", page)
    let result = try await StartedProgram.run(
      formatter + ["runbook.1"],
      environment: runbook.environment, folder: runbook.folder.path)
    #expect(result.status == 0 && result.stdout + result.stderr == "")
  }
}
