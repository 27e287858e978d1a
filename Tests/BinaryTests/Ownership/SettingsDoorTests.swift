import Foundation
import TestSupport
import Testing

/// All that decides what runs is read through one door: no link out of the vault, no pipe, nothing of strangers.
@Suite(.paced) struct SettingsDoorTests {
  private static let block = "  ```bash\n  true\n  ```\n"

  @Test(arguments: [".runbook.yml", "Part.md", ".obsidian/templates.json", "templates/T.md"])
  func noLinkOutOfTheVault(_ name: String) async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write(
      "Deploy.md", "---\ntags: runbook\n---\n- [ ] ![[Part]]\n- [ ] Go\n" + Self.block)
    try runbook.write("templates/U.md", "- [ ] Go\n" + Self.block)
    let path = runbook.folder.appendingPathComponent(name).path
    try #require(symlink("/proc/self/environ", path) == 0)
    for command in [["check"], ["check", "Deploy.md"], ["plan", "Deploy.md"], ["new", "--list"]] {
      let result = try await runbook.run(command, environment: ["HARMLESS": "swordfish"])
      let told = result.stdout + result.stderr
      #expect(!told.contains("swordfish"), "\(command): \(told)")
    }
    let command =
      name.hasPrefix("templates") || name.hasPrefix(".obs")
      ? ["new", "T", "New.md"] : ["exec", "Deploy.md"]
    let result = try await runbook.run(command)
    #expect(result.status == 2 && result.stderr.contains("out of the vault"), "\(result.stderr)")
  }

  /// A link within the vault is a file of the vault.
  @Test func aLinkWithinIt() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("settings/usual.yml", "timeout: 77s\n")
    try runbook.write("Deploy.md", "- [ ] Go\n" + Self.block)
    let path = runbook.folder.appendingPathComponent(".runbook.yml").path
    try #require(symlink("settings/usual.yml", path) == 0)
    let result = try await runbook.run("plan", "Deploy.md")
    #expect(result.status == 0 && result.stdout.contains("77s"), "\(result.stdout)")
  }

  /// What a folder lists is checked where it is of this vault.
  @Test func aListedNoteOfElsewhere() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("../other.md", "---\ntags: runbook\nsecret_line: {\n---\n")
    let path = runbook.folder.appendingPathComponent("Shown.md").path
    try #require(symlink("../other.md", path) == 0)
    let listed = try await runbook.run("check")
    #expect(listed.status == 0 && listed.stdout == "no problem in 0 notes\n", "\(listed.stdout)")
    #expect(try await runbook.run("check", "Shown.md").status == 2)
  }

  @Test(arguments: [".runbook.yml", "Part.md", "hosts", "config"])
  func aPipeIsNotWaitedFor(_ name: String) async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write(
      "Deploy.md",
      """
      ---
      inventory: hosts
      ssh_config: config
      ---
      - [ ] ![[Part]]
      - [ ] Go {hosts=web}
      \(Self.block)
      """)
    if name != "Part.md" { try runbook.write("Part.md", "- [ ] Part\n" + Self.block) }
    if name != "hosts" { try runbook.write("hosts", "[web]\nw1\n") }
    try #require(mkfifo(runbook.folder.appendingPathComponent(name).path, 0o600) == 0)
    let result = try await runbook.run("exec", "Deploy.md")
    #expect(result.status == 2, "\(result.stderr)")
  }

  /// Each file of the vault that a run reads is refused when it is a stranger's, but the note that was named.
  @Test(
    .enabled(if: geteuid() == 0, "only root can give files to somebody else"),
    .enabled(if: SettingsDoorTests.canTrace, "there is no strace that works"))
  func allThatIsReadGoesThroughIt() async throws {
    let runbook = try RunbookBinary()
    try Self.writeAll(runbook)
    let read = try await Self.filesRead(runbook, ["exec", "Deploy.md", "--dry-run"])
      .union(try await Self.filesRead(runbook, ["new", "T", "New.md"]))
    let code: Set = [
      ".runbook.yml", ".obsidian/templates.json", "Part.md", "templates/T.md", "templates/U.md",
    ]
    #expect(read.subtracting(["Deploy.md", "New.md"]) == code, "\(read)")
    for name in code.union(["hosts.ini", "group_vars/all.yml", "ssh.conf", "ansible.cfg"]) {
      try runbook.give(name, to: OtherUser.first)
      let command =
        name.hasPrefix("templates") || name.hasPrefix(".obsidian/")
        ? ["new", "T", "Other.md"] : ["exec", "Deploy.md"]
      let result = try await runbook.run(command)
      #expect(result.status == 2, "\(name): \(result.stderr)")
      #expect(
        result.stderr.contains("belongs to uid \(OtherUser.first)"), "\(name): \(result.stderr)")
      try runbook.give(name, to: 0)
    }
    #expect(!runbook.exists("Other.md"))
  }

  private static func writeAll(_ runbook: RunbookBinary) throws {
    try runbook.makeVault()
    let files = [
      "Deploy.md": "---\ninventory: hosts.ini\nssh_config: ssh.conf\n---\n- [ ] ![[Part]]\n"
        + "- [ ] Go {hosts=web}\n" + block,
      "Part.md": "- [ ] Part\n" + block, ".runbook.yml": "timeout: 5m\n",
      ".obsidian/templates.json": "{\"folder\": \"templates\"}\n",
      "templates/T.md": "- [ ] Go\n" + block, "templates/U.md": "- [ ] Go\n" + block,
      "hosts.ini": "[web]\nw1\n", "group_vars/all.yml": "a: 1\n", "ssh.conf": "Host *\n",
      "ansible.cfg": "[defaults]\n", "Unread.md": "- [ ] Other\n" + block,
    ]
    for (name, text) in files { try runbook.write(name, text) }
  }

  private static let canTrace: Bool = {
    guard let pipe = popen("strace -f -e trace=openat true >/dev/null 2>&1", "w") else {
      return false
    }
    return pclose(pipe) == 0
  }()

  /// The files of the vault that a command opens, folders aside, from its root.
  private static func filesRead(
    _ runbook: RunbookBinary, _ arguments: [String]
  ) async throws -> Set<String> {
    let trace = runbook.scratch.appendingPathComponent("trace").path
    let result = try await StartedProgram.run(
      ["strace", "-f", "-y", "-e", "trace=open,openat,openat2", "-o", trace, runbook.program]
        + arguments, environment: runbook.environment, folder: runbook.folder.path)
    #expect(result.status == 0, "\(result.stderr)")
    let root = runbook.folder.path + "/"
    // What was opened stands behind `=`, with its real path.
    let opened = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n")
      .filter { !$0.contains("O_DIRECTORY") && !$0.contains("O_PATH") }
      .compactMap { $0.split(separator: " = ").last?.firstMatch(of: #/<([^>]*)>/#)?.1 }
    // A file without a name is one that is being written.
    return Set(opened.filter { $0.hasPrefix(root) }.map { String($0.dropFirst(root.count)) })
      .filter { !$0.hasPrefix("#") }
  }
}
