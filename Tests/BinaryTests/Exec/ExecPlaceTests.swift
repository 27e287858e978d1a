import Foundation
import TestSupport
import Testing

/// What surrounds the program: closed descriptors, a reader that goes away, nohup, missing variables.
@Suite(.paced) struct ExecPlaceTests {
  private static func runbook() throws -> RunbookBinary {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write(
      "note.md", "---\ncwd: ../app\n---\n- [ ] A\n  ```bash\n  echo a >> trace\n  ```\n")
    return runbook
  }

  /// Through a shell that prepares the descriptors.
  private static func shell(_ script: String, _ runbook: RunbookBinary) throws -> Int32 {
    let path = runbook.folder.path
    let pid = spawn(
      ["/usr/bin/env"] + ["-i", "-C", path]
        + runbook.environment.map { "\($0.key)=\($0.value)" }
        + ["sh", "-c", script.replacing("RUNBOOK", with: runbook.program)])
    var status: Int32 = -1
    waitpid(pid, &status, 0)
    return status >> 8
  }

  /// What is printed must not go into the file that took the place of standard output.
  @Test(arguments: [">&-", "2>&-", "<&-", ">&- 2>&- <&-", ">/dev/full", "| head -c 1 >/dev/null"])
  func withoutStandardDescriptorsFilesStayWhole(_ redirection: String) throws {
    let runbook = try Self.runbook()
    let quiet = redirection.contains("2>") ? "" : " 2>/dev/null"
    let silent = redirection.contains(">") ? "" : " >/dev/null"
    let status = try Self.shell("RUNBOOK exec note.md \(redirection)\(quiet)\(silent)", runbook)
    #expect(status == 0)
    #expect(try runbook.read("../app/trace") == "a\n")
    #expect(try runbook.read("note.md").contains("- [x] A [took:: "))
    let files = try #require(
      FileManager.default.enumerator(atPath: runbook.stateFolder.path))
    for case let name as String in files {
      let data = try? Data(contentsOf: runbook.stateFolder.appendingPathComponent(name))
      let text = String(decoding: data ?? Data(), as: UTF8.self)
      #expect(!text.contains("✓") && !text.contains("succeeded ·"), "\(name): \(text)")
    }
  }

  @Test func underNohupAHangupStopsNothing() async throws {
    let runbook = try Self.runbook()
    try runbook.write(
      "note.md",
      "---\ncwd: ../app\n---\n- [ ] A\n  ```bash\n  kill -HUP \"$(sed -n 's/^PPid:\\t//p' /proc/$PPID/status)\"; sleep 0.2; echo a >> trace\n  ```\n"
    )
    #expect(
      try Self.shell("nohup RUNBOOK exec note.md >/dev/null 2>&1 </dev/null", runbook) == 0)
    #expect(try runbook.read("../app/trace") == "a\n")
  }

  @Test func theLatestRunIsTheLatest() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    for number in 1...4 {
      try runbook.write(
        "note.md", "---\ncwd: ../app\n---\n- [ ] A\n  ```bash\n  echo run \(number)\n  ```\n")
      #expect(try await runbook.run("exec", "note.md").status == 0)
      let logs = try await runbook.run("logs")
      #expect(logs.stdout == "── 1 A\nrun \(number)\n")
    }
    let unknown = try await runbook.run("logs", "nothing")
    #expect(unknown.status == 2)
    #expect(unknown.stderr.contains("there is no run “nothing”"))
  }
}
