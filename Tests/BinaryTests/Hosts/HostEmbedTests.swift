import Foundation
import Testing

/// A shared note whose blocks run on the host that the note around it says.
@Suite(.paced, .enabled(if: SSHServer.isThere, "there is no sshd"))
struct HostEmbedTests {
  @Test func theItemSaysWhere() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    try runbook.write(".runbook.yml", "ssh_config: ssh_config\n")
    try runbook.write(
      "Deploy.md",
      """
      ---
      params: [SERVER=prod]
      ---
      - [ ] ![[Backup]] {host=$SERVER}
      - [ ] ![[Verify]] {host=$SERVER}

      """)
    try runbook.write(
      "Parts/Backup.md",
      "---\nhost: db1\n---\n- [ ] Dump\n  ```bash {capture=DUMP}\n  pwd > dump.sql; cat dump.sql\n  ```\n"
        + "  ```bash {rollback}\n  rm \"$DUMP/dump.sql\"\n  ```\n")
    try runbook.write(
      "Parts/Verify.md", "- [ ] Verify\n  ```bash\n  test -e \"$DUMP/dump.sql\"; exit 9\n  ```\n")
    let result = try await runbook.run("exec", "Deploy.md")
    #expect(result.status == 3, "\(result.stdout)\(result.stderr)")
    let note = try runbook.read("Deploy.md")
    #expect(note.contains("- [ ] ![[Backup]] [result:: rolled back]"), "\(note)")
    #expect(note.contains("> 1.1 Dump · rolled back · "))
    #expect(note.contains("> \(server.home.path)\n"))
    #expect(note.contains("> 2.1 Verify · failed · exit 9 · "))
    #expect(!FileManager.default.fileExists(atPath: server.home.path + "/dump.sql"))
    #expect(server.leftovers == [])
  }

  /// What is wrong with the host is told at the block in the embedded note that needs it.
  @Test func aHostThatIsNotThereIsToldInTheEmbeddedNote() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    try runbook.write("Deploy.md", "---\nssh_config: ssh_config\n---\n- [ ] ![[Go]] {host=prod}\n")
    try runbook.write(
      "Go.md", "Prose.\n\n- [ ] Go\n  ```ruby {interpreter=no-such-thing}\n  puts 1\n  ```\n")
    let result = try await runbook.run("exec", "Deploy.md")
    #expect(result.status == 2)
    #expect(
      result.stderr.contains("Go.md:4:3: error: no-such-thing is not on prod"), "\(result.stderr)")
    #expect(server.leftovers == [])
  }
}
