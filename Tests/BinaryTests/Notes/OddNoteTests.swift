import Foundation
import TestSupport
import Testing

/// Notes that are not what they seem: in another encoding, behind a link that leads nowhere, run elsewhere.
@Suite(.paced) struct OddNoteTests {
  private static let note = """
    ---
    cwd: ../app
    ---
    - [ ] Wait
      ```bash
      touch began; while [ ! -e go ]; do sleep 0.02; done
      ```

    """

  private static func utf16(_ text: String, mark: Bool = true) -> [UInt8] {
    (mark ? [0xFF, 0xFE] : []) + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
  }

  private func bytes(_ runbook: RunbookBinary, _ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: runbook.folder.appendingPathComponent(name)))
  }

  @Test(arguments: [true, false]) func utf16IsNamedAndLeft(_ mark: Bool) async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    let file = try runbook.write("Deploy.md", "")
    try RunbookBinary.put(Self.utf16(Self.note, mark: mark), file.path)
    for command in [["check"], ["exec"], ["plan"], ["reset"], ["stats", "--write"]] {
      let result = try await runbook.run(command + ["Deploy.md"])
      #expect(result.status == 2, "\(command)")
      #expect((result.stdout + result.stderr).contains("UTF-16 text"), "\(command)")
      #expect((result.stdout + result.stderr).contains("fix: save it as UTF-8"), "\(command)")
    }
    #expect(try bytes(runbook, "Deploy.md") == Self.utf16(Self.note, mark: mark))
  }

  @Test func aNoteThatBecomesUTF16MeanwhileIsLeft() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    let file = try runbook.write("Deploy.md", Self.note)
    let run = try runbook.start("exec", "Deploy.md")
    try #require(try await eventually { runbook.exists("../app/began") })
    try RunbookBinary.put(Self.utf16(Self.note), file.path)
    try runbook.write("../app/go", "")
    #expect(try await run.end() == 0)
    #expect(try bytes(runbook, "Deploy.md") == Self.utf16(Self.note))
    #expect((run.stdout + run.stderr).contains("UTF-16 text"), "\(run.stdout)\(run.stderr)")
  }

  @Test func aLinkThatLeadsNowhereSaysSo() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Other.md", Self.note)
    for name in ["Gone.md", "Othen.md"] {
      try FileManager.default.createSymbolicLink(
        atPath: runbook.folder.appendingPathComponent(name).path,
        withDestinationPath: "nowhere.md")
    }
    let gone = try await runbook.run("exec", "Gone.md")
    #expect(gone.status == 2)
    #expect(
      gone.stderr == """
        Gone.md: error: Gone.md is a link to nowhere.md, which is not there
          fix: put the note back there, or remove the link

        """)
    let misspelt = try await runbook.run("exec", "Othex.md")
    #expect(misspelt.stderr.contains("fix: did you mean Other.md?"))
  }

  @Test func theFolderMattersOnlyWhereABlockRunsInIt() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    let block = "  ```bash\n  uptime\n  ```\n"
    try runbook.write("Here.md", "- [ ] Look\n\(block)")
    try runbook.write("Host.md", "---\nhost: web1\n---\n- [ ] Look\n\(block)")
    try runbook.write("Step.md", "- [ ] Look {host=web1}\n\(block)")
    try runbook.write("Both.md", "- [ ] Look {host=web1}\n\(block)- [ ] Here\n\(block)")
    try runbook.write("../outside/Far.md", "- [ ] Look\n\(block)")
    try FileManager.default.createSymbolicLink(
      atPath: runbook.folder.appendingPathComponent("Far.md").path,
      withDestinationPath: "../outside/Far.md")
    for name in ["Host", "Step", "Far"] {
      #expect(try await runbook.run("check", "\(name).md").stdout == "no problem in 1 note\n")
    }
    for name in ["Here", "Both"] {
      #expect(
        try await runbook.run("check", "\(name).md").stdout.contains("inside the vault"), "\(name)")
    }
  }
}
