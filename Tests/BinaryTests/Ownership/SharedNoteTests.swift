import Foundation
import TestSupport
import Testing

/// A note that a group shares is annotated by each of its members, and what a run writes is read by whoever reads the
/// note.
@Suite(.paced) struct SharedNoteTests {
  private static let note = "- [ ] Go\n  ```bash\n  id -u >> ran\n  ```\n"
  private static let group: gid_t = 4_200_001

  private static func mode(_ status: stat) -> mode_t { status.st_mode & 0o7777 }

  @Test(arguments: [(0o600, 0o700), (0o640, 0o750), (0o644, 0o755), (0o664, 0o775)])
  func theRecordIsAsPrivateAsTheNote(_ mode: mode_t, _ folder: mode_t) async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Deploy.md", Self.note)
    try runbook.give("Deploy.md", mode: mode)
    #expect(try await runbook.run("exec", "Deploy.md").status == 0)
    #expect(Self.mode(try runbook.status(of: "Deploy.md")) == mode)
    #expect(Self.mode(try runbook.status(of: "Runs")) == folder)
    let record = try #require(
      try FileManager.default.contentsOfDirectory(
        atPath: runbook.folder.appendingPathComponent("Runs").path
      ).first)
    #expect(Self.mode(try runbook.status(of: "Runs/" + record)) == mode)
  }

  @Test(
    .enabled(if: geteuid() == 0, "only root can be two users"),
    .enabled(if: MachineRights.canBeSomebody, "no other user can read Swift's libraries"))
  func twoMembersOfAGroup() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    try runbook.write("Deploy.md", Self.note)
    let one = try OtherUser(OtherUser.first, groups: [Self.group], runbook)
    let other = try OtherUser(OtherUser.second, groups: [Self.group], runbook)
    for name in ["", ".obsidian"] {
      try runbook.give(name, to: one.id, group: Self.group, mode: 0o2775)
    }
    try runbook.give("Deploy.md", to: one.id, group: Self.group, mode: 0o660)
    try runbook.write("ran", "")
    try runbook.give("ran", mode: 0o666)
    // Each of them says once whom he trusts.
    for user in [one, other] {
      #expect(try await user.run("exec", "Deploy.md").status == 2)
      #expect(try await user.run("trust", ".").status == 0)
    }
    for user in [one, other, one] {
      let result = try await user.run("exec", "Deploy.md")
      #expect(result.status == 0, "\(result.stderr)")
      #expect(!result.stderr.contains("can't write"), "\(result.stderr)")
      let text = try runbook.read("Deploy.md")
      #expect(text.contains("- [x] Go") && text.contains("by uid \(user.id)"), "\(text)")
      let status = try runbook.status(of: "Deploy.md")
      #expect(status.st_gid == Self.group && Self.mode(status) == 0o660)
    }
    #expect(try runbook.read("ran") == "\(one.id)\n\(other.id)\n\(one.id)\n")
    let records = try FileManager.default.contentsOfDirectory(
      atPath: runbook.folder.appendingPathComponent("Runs").path)
    #expect(records.count == 3)
    for record in records {
      let status = try runbook.status(of: "Runs/" + record)
      #expect(status.st_gid == Self.group && Self.mode(status) == 0o660)
    }
    let folder = try runbook.status(of: "Runs")
    #expect(folder.st_gid == Self.group && Self.mode(folder) == 0o2770)
  }

  /// Without the group's right to write, only its owner may.
  @Test(
    .enabled(if: geteuid() == 0, "only root can be two users"),
    .enabled(if: MachineRights.canBeSomebody, "no other user can read Swift's libraries"))
  func aNoteDoesNotChangeHandsOtherwise() async throws {
    let runbook = try RunbookBinary()
    try runbook.write("Deploy.md", Self.note)
    let other = try OtherUser(OtherUser.second, groups: [Self.group], runbook)
    try runbook.give("", group: Self.group, mode: 0o1777)
    try runbook.give("Deploy.md", to: OtherUser.first, group: Self.group, mode: 0o646)
    let result = try await other.run("exec", "Deploy.md")
    #expect(
      result.stderr.contains("can't write into the note")
        || result.stdout.contains("can't write into the note"), "\(result.stdout)\(result.stderr)")
    #expect(try runbook.status(of: "Deploy.md").st_uid == OtherUser.first)
  }
}
