import Foundation
import TestSupport
import Testing

@testable import RunbookCLI

/// What `logs` prints of what a run printed.
@Suite(.paced) struct LogsCommandTests {
  private static let codes = #"a\033]52;c;c2FtcGxl\007b\033]0;title\007c\033[2J\033[?1049hd\2332J"#

  private static func ran(_ steps: String) async throws -> RunbookBinary {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("note.md", "---\ncwd: ../app\n---\n" + steps)
    _ = try await runbook.run("exec", "note.md")
    return runbook
  }

  private static func step(_ title: String, _ code: String) -> String {
    "- [ ] \(title)\n  ```bash\n  \(code)\n  ```\n"
  }

  @Test func headingsHaveLinesOfTheirOwn() async throws {
    let runbook = try await Self.ran(
      Self.step("One", "printf 'no line break'") + Self.step("Two", "echo two")
        + Self.step("Three", "printf 'last words'; exit 3"))
    try Golden.expect(try await runbook.run("logs").stdout, is: "Exec/logs-headings.out")
  }

  /// Text in a pipe too; `<%` means nothing here, and a long line is whole.
  @Test func codesAreTakenOut() async throws {
    let runbook = try await Self.ran(
      Self.step("One", "printf '\(Self.codes)\\n<%% x %%>\\n'; printf 'x%.0s' {1..100000}"))
    let logs = try await runbook.run("logs").stdout
    #expect(logs.hasPrefix("── 1 One\nabcd\u{FFFD}2J\n<% x %>\nxxx"), "\(logs.prefix(200))")
    #expect(logs.count { $0 == "x" } == 100_001)
  }

  @Test func rawIsWhatWasPrinted() async throws {
    let runbook = try await Self.ran(Self.step("One", "printf '\(Self.codes)'"))
    _ = try await ShellCommand.run(runbook, "runbook logs --raw > ../raw")
    let raw = try Data(contentsOf: runbook.scratch.appendingPathComponent("raw"))
    #expect(
      Array(raw)
        == Array("a\u{1B}]52;c;c2FtcGxl\u{7}b\u{1B}]0;title\u{7}c\u{1B}[2J\u{1B}[?1049hd".utf8) + [
          0x9B, 0x32, 0x4A,
        ])
  }

  /// A line that has no end yet is shown once it stands still, and goes on where it does.
  @Test func anOpenLineIsShown() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    let wait = "until [ -e go ]; do read -rt 0.02 <> <(:) || :; done"
    try runbook.write(
      "note.md", "---\ncwd: ../app\n---\n" + Self.step("One", "printf 'asks: '; \(wait); echo yes"))
    _ = try await runbook.run("exec", "note.md", "--background")
    let logs = try runbook.start("logs", "-f")
    let isShown = try await eventually { logs.stdout == "── 1 One\nasks: " }
    #expect(isShown, "\(logs.stdout)")
    #expect(try await runbook.run("logs").stdout == "── 1 One\nasks: \n")
    try runbook.write("../app/go", "")
    #expect(try await logs.end() == 0)
    #expect(logs.stdout == "── 1 One\nasks: yes\n")
  }
}
