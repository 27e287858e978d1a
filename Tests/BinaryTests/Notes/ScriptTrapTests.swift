import Foundation
import Testing

/// What a script does when it ends (`trap … EXIT`) its note does too: with the same values, and just as often, whatever
/// fails. A trap that lost a variable would remove `/cache` for `$WORK/cache`.
@Suite(.paced) struct ScriptTrapTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures/Scripts/Traps")

  static let scripts: [String] = {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return all.filter { $0.hasSuffix(".sh") }.sorted()
  }()

  @Test func areThere() { #expect(Self.scripts.count >= 16) }

  /// `app` writes down what it is called with, and fails where it is told to.
  private func place(_ script: String) throws -> RunbookBinary {
    let runbook = try RunbookBinary()
    let app = try runbook.write(
      "../bin/app", "#!/bin/sh\nprintf '%s\\n' \"$*\" >> \"$TRACE\"\n[ \"$FAIL\" != \"$1\" ]\n")
    chmod(app.path, 0o755)
    let text = try String(contentsOf: Self.folder.appendingPathComponent(script), encoding: .utf8)
    try runbook.write("deploy.sh", text)
    return runbook
  }

  private func trace(
    _ runbook: RunbookBinary, _ command: String, failing: String
  ) async throws -> String {
    try runbook.write("../trace", "")
    let variables = [
      "PATH": "\(runbook.scratch.path)/bin:\(runbook.environment["PATH"] ?? "")",
      "TRACE": "\(runbook.scratch.path)/trace", "FAIL": failing,
    ]
    _ = try await ShellCommand.run(runbook, command, environment: variables)
    return try runbook.read("../trace")
  }

  @Test(arguments: scripts) func endsAsTheScriptDoes(_ script: String) async throws {
    let runbook = try place(script)
    let made = try await runbook.run("new", "--from", "deploy.sh", "Deploy.md")
    #expect(made.status == 0, "\(made.stderr)")
    try Golden.expect(
      try runbook.read("Deploy.md"), is: "Scripts/Traps/\(script.dropLast(3)).made")
    for failing in ["", "lock", "one", "two", "three"] {
      let expected = try await trace(runbook, "bash ./deploy.sh", failing: failing)
      let actual = try await trace(runbook, "runbook exec --yes Deploy.md", failing: failing)
      #expect(actual == expected, "where “\(failing)” fails")
      #expect(expected.split(separator: "\n").count >= 1)
    }
  }
}
