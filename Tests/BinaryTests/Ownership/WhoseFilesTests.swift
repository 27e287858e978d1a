import Foundation
import TestSupport
import Testing

/// What decides what runs is used only if nobody else could have written it. Strangers are made by giving files away.
@Suite(.paced, .enabled(if: geteuid() == 0, "only root can give files to somebody else"))
struct WhoseFilesTests {
  private static let note = "- [ ] Go\n  ```bash\n  touch ran\n  ```\n"
  private static let stranger = OtherUser.first

  private static func vault() throws -> RunbookBinary {
    let runbook = try RunbookBinary()
    try runbook.write("v/.runbook.yml", "timeout: 5m\n")
    try runbook.write("v/Deploy.md", note)
    return runbook
  }

  /// Each command says the same, and nothing runs.
  private static func expectRefused(
    _ runbook: RunbookBinary, _ words: [String], note: String = "v/Deploy.md"
  ) async throws {
    for command in [["check"], ["plan"], ["exec"], ["exec", "--yes"]] {
      let result = try await runbook.run(command + [note])
      let told = result.stdout + result.stderr
      #expect(result.status == 2, "\(command): \(told)")
      for word in words { #expect(told.contains(word), "\(command): \(told)") }
      #expect(!told.contains("no problem"))
    }
    #expect(!runbook.exists("v/ran") && !runbook.exists("ran"))
  }

  @Test func settingsThatSomebodyPutAboveANote() async throws {
    let runbook = try RunbookBinary()
    try runbook.write("shared/.runbook.yml", "notify: touch \(runbook.folder.path)/ran\n")
    try runbook.write("shared/mine/Deploy.md", Self.note)
    try runbook.give("shared", mode: 0o1777)
    try runbook.give("shared/.runbook.yml", to: Self.stranger)
    let mine = runbook.folder.appendingPathComponent("shared/mine").path
    try await Self.expectRefused(
      runbook,
      [
        "shared/.runbook.yml belongs to uid \(Self.stranger)",
        "make a vault of your own: mkdir \(mine)/.obsidian",
      ], note: "shared/mine/Deploy.md")
    let trusted = try await runbook.run("trust", "shared")
    #expect(trusted.status == 2 && trusted.stderr.contains("a folder for all users"))
    try FileManager.default.createDirectory(
      atPath: mine + "/.obsidian", withIntermediateDirectories: true)
    let result = try await runbook.run("exec", "shared/mine/Deploy.md")
    #expect(result.status == 0, "\(result.stderr)")
    #expect(runbook.exists("shared/mine/ran") && !runbook.exists("ran"))
  }

  @Test func trustIsGivenAndTakenBack() async throws {
    let runbook = try Self.vault()
    for name in ["v", "v/.runbook.yml", "v/Deploy.md"] {
      try runbook.give(name, to: Self.stranger)
    }
    let vault = runbook.folder.appendingPathComponent("v").path
    try await Self.expectRefused(
      runbook, ["the vault \(vault)", "it belongs to uid", "runbook trust \(vault)"])
    let trusted = try await runbook.run("trust", "v")
    #expect(trusted.status == 0 && trusted.stdout.hasPrefix("\(vault) is trusted"))
    #expect(try await runbook.run("trust").stdout == vault + "\n")
    #expect(try await runbook.run("exec", "v/Deploy.md").status == 0)
    #expect(try await runbook.run("check").status == 0)
    #expect(try await runbook.run("trust", "--remove", "v").status == 0)
    #expect(try await runbook.run("trust", "--remove", "v").status == 2)
    let refused = try await runbook.run("plan", "v/Deploy.md")
    #expect(refused.status == 2)
  }

  @Test func whoCanWrite() async throws {
    let runbook = try Self.vault()
    let cases: [(String, mode_t, gid_t?, String?)] = [
      ("v/.runbook.yml", 0o666, nil, "can be written by everybody"),
      ("v/.runbook.yml", 0o664, 4_200_001, "can be written by the group gid 4200001"),
      ("v/.runbook.yml", 0o664, 0, nil), ("v/.runbook.yml", 0o644, nil, nil),
      ("v", 0o777, nil, "can be written by everybody"),
      ("v", 0o775, 4_200_001, "can be written by the group"), ("v", 0o755, 0, nil),
      // Who can write to a folder above the vault can put another one there.
      ("", 0o777, nil, "can be written by everybody"), ("", 0o1777, nil, nil),
      ("", 0o755, nil, nil),
    ]
    for (name, mode, group, words) in cases {
      try runbook.give(name, group: group, mode: mode)
      let result = try await runbook.run("plan", "v/Deploy.md")
      #expect(
        result.status == (words == nil ? 0 : 2)
          && words.map(result.stderr.contains) ?? result.stderr.isEmpty,
        "\(name) \(mode): \(result.stderr)")
    }
    try runbook.give("", to: Self.stranger)
    #expect(try await runbook.run("plan", "v/Deploy.md").status == 2)
    let called = try await runbook.run(
      "plan", "v/Deploy.md", environment: ["SUDO_UID": "\(Self.stranger)"])
    #expect(called.status == 0, "\(called.stderr)")
  }

  @Test func theUsersSettingsNameAGroup() async throws {
    let runbook = try Self.vault()
    try runbook.give("v", group: 4_200_001, mode: 0o775)
    try runbook.give("v/.runbook.yml", group: 4_200_001, mode: 0o664)
    let config = ".config/runbook/config.yml"
    try runbook.write("../home/\(config)", "trusted_groups: [4200001]\n")
    let result = try await runbook.run("exec", "v/Deploy.md")
    #expect(result.status == 0, "\(result.stderr)")
    try runbook.write("../home/\(config)", "trusted_groups: [4200001]\ntrusted_grups: a\n")
    let mistaken = try await runbook.run("exec", "v/Deploy.md")
    #expect(mistaken.status == 2)
    #expect(
      mistaken.stderr.contains("config.yml:2:1: error: there is no setting “trusted_grups”"))
    #expect(mistaken.stderr.contains("  2 | trusted_grups: a\n    | ^~~"))
    try runbook.write("../home/\(config)", "trusted_groups: [4200001]\n")
    try runbook.give("../home/\(config)", mode: 0o666)
    let open = try await runbook.run("exec", "v/Deploy.md")
    #expect(open.status == 2 && open.stderr.contains("chmod go-w"), "\(open.stderr)")
  }

  @Test func theStateFolder() async throws {
    let runbook = try Self.vault()
    #expect(try await runbook.run("exec", "v/Deploy.md").status == 0)
    for (name, owner, mode) in [
      ("../state/runbook", Self.stranger, 0o700), ("../state/runbook", 0, 0o770),
      ("../state", Self.stranger, 0o755), ("../state", 0, 0o777),
    ] as [(String, uid_t, mode_t)] {
      try runbook.give("../state/runbook", to: 0, group: 4_200_001, mode: 0o700)
      try runbook.give(name, to: owner, mode: mode)
      for command in [["exec", "v/Deploy.md"], ["resume"], ["logs"], ["trust", "v"]] {
        let result = try await runbook.run(command)
        #expect(result.status == 74, "\(name) \(command): \(result.stderr)")
        #expect(result.stderr.contains("the state folder"))
      }
      try runbook.give("../state", to: 0, mode: 0o755)
    }
  }

  /// Who names a note has looked at it.
  @Test func theNoteThatIsNamed() async throws {
    let runbook = try RunbookBinary()
    try runbook.write("theirs/Deploy.md", Self.note)
    try runbook.write("theirs/All.md", "- [ ] ![[Deploy]]\n")
    for name in ["theirs", "theirs/Deploy.md"] { try runbook.give(name, to: Self.stranger) }
    #expect(try await runbook.run("exec", "theirs/Deploy.md").status == 0)
    // What it embeds, nobody has named.
    let result = try await runbook.run("exec", "theirs/All.md")
    #expect(result.status == 2 && result.stderr.contains("runbook trust"), "\(result.stderr)")
  }
}
