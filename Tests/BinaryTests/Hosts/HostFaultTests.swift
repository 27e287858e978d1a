import Foundation
import Testing

/// What is wrong with a host is said before anything runs: what it is, where the note names it, and what to do.
@Suite(.paced, .enabled(if: SSHServer.isThere, "there is no sshd"))
struct HostFaultTests {
  private static func note(_ host: String, language: String = "bash") -> String {
    """
    ---
    ssh_config: ssh_config
    ---
    - [ ] Here
      ```bash
      touch ran
      ```
    - [ ] There
      ```\(language) {host=\(host)}
      touch ran
      ```

    """
  }

  /// Blocks of `ssh_config` by the host's name; PORT, KEY and KNOWN are those of a server that is well.
  private static let hosts: [String: String] = [
    "nowhere": "HostName nowhere.invalid",
    "refusing": "HostName 127.0.0.1\n  Port 1",
    "rejecting":
      "HostName 127.0.0.1\n  Port PORT\n  IdentityFile HOSTKEY\n  IdentitiesOnly yes\n  UserKnownHostsFile KNOWN",
    "strange":
      "HostName 127.0.0.1\n  Port PORT\n  IdentityFile KEY\n  IdentitiesOnly yes\n  UserKnownHostsFile /dev/null",
    "changed":
      "HostName 127.0.0.1\n  Port PORT\n  IdentityFile KEY\n  IdentitiesOnly yes\n  UserKnownHostsFile CHANGED",
    "misconfigured": "HostName 127.0.0.1\n  NoSuchOption yes",
  ]

  @Test(arguments: hosts.keys.sorted()) func aHostThatCantBeUsed(_ host: String) async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    let folder = runbook.scratch.appendingPathComponent("sshd-prod").path
    let key = try String(contentsOfFile: "\(folder)/key.pub", encoding: .utf8)
    try RunbookBinary.put(
      Array("[127.0.0.1]:\(server.port) \(key)".utf8), "\(folder)/changed_hosts")
    let block = try #require(Self.hosts[host])
      .replacing("PORT", with: "\(server.port)").replacing("HOSTKEY", with: "\(folder)/hostkey")
      .replacing("KEY", with: "\(folder)/key").replacing("KNOWN", with: "\(folder)/known_hosts")
      .replacing("CHANGED", with: "\(folder)/changed_hosts")
    try runbook.write("ssh_config", "Host \(host)\n  \(block)\n")
    try runbook.write("note.md", Self.note(host))
    let result = try await runbook.run("exec", "note.md")
    #expect(result.status == 2)
    #expect(result.stdout == "")
    try Golden.expect(Self.plain(result.stderr, runbook), is: "Hosts/\(host).err")
    #expect(!runbook.exists("ran") && runbook.runs.isEmpty && !runbook.exists("Runs"))
  }

  private static func plain(_ text: String, _ runbook: RunbookBinary) -> String {
    text.replacing(NSUserName() + "@", with: "USER@").replacing(runbook.folder.path, with: "FOLDER")
  }

  @Test func aProgramThatTheHostLacks() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    try runbook.write("note.md", Self.note("prod interpreter=nosuch"))
    let result = try await runbook.run("exec", "note.md")
    #expect(result.status == 2)
    try Golden.expect(Self.plain(result.stderr, runbook), is: "Hosts/lacking.err")
    #expect(server.leftovers == [] && !runbook.exists("ran"))
  }

  @Test func aLoginWithoutAShell() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(
      runbook, configuration: ["ForceCommand echo This account is closed.; exit 1"])
    try runbook.write("note.md", Self.note("prod"))
    let result = try await runbook.run("exec", "note.md")
    #expect(result.status == 2)
    try Golden.expect(Self.plain(result.stderr, runbook), is: "Hosts/shell-less.err")
    #expect(server.logins == 1 && !runbook.exists("ran"))
  }

  /// ssh would read it as an option that runs a program.
  @Test(arguments: ["-oProxyCommand=touch${IFS}ran", "'a b'", "\"a\\tb\""])
  func aNameThatIsNone(_ name: String) async throws {
    let runbook = try RunbookBinary()
    try runbook.write("note.md", Self.note(name))
    let result = try await runbook.run("exec", "note.md")
    #expect(result.status == 2)
    #expect(result.stderr.contains("error: "), "\(result.stderr)")
    #expect(!runbook.exists("ran") && runbook.runs.isEmpty)
  }

  @Test func anInteractiveBlockStaysHere() async throws {
    let runbook = try RunbookBinary()
    try runbook.write("note.md", Self.note("prod interactive"))
    let result = try await runbook.run("exec", "note.md")
    #expect(result.status == 2)
    try Golden.expect(result.stderr, is: "Hosts/interactive.err")
  }

  /// What turns out only there is a failure of the block, with its reason.
  @Test func aFolderThatIsNotThere() async throws {
    let runbook = try RunbookBinary()
    let server = try await SSHServer(runbook)
    try runbook.write("note.md", Self.note("prod cwd=/no/such/folder"))
    let result = try await runbook.run("exec", "note.md")
    #expect(result.status == 1)
    #expect(
      result.stdout.contains("there is no folder /no/such/folder on prod"), "\(result.stdout)")
    _ = server
  }
}
