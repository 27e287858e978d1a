import Glibc
import Testing

@testable import Runbook

/// Whose files are believed: the rule alone.
@Suite struct TrustTests {
  private static let me: uid_t = 4_100_001
  private static let stranger: uid_t = 4_100_002

  private static let trust = Trust(owners: [me, 0], groups: [4_200_001], folders: ["/srv/vault"])

  private static func status(
    _ owner: uid_t, _ mode: mode_t, group: gid_t = 4_200_009, isFolder: Bool = false
  ) -> stat {
    var status = stat()
    status.st_uid = owner
    status.st_gid = group
    status.st_mode = mode | (isFolder ? S_IFDIR : S_IFREG)
    return status
  }

  @Test(
    arguments: [
      (me, 0o644, 4_200_009, nil), (0, 0o644, 4_200_009, nil),
      (stranger, 0o644, 4_200_009, .owner(stranger)),
      (stranger, 0o444, 4_200_009, .owner(stranger)),
      (me, 0o646, 4_200_009, .everybody), (0, 0o666, 0, .everybody),
      (me, 0o664, 4_200_009, .group(4_200_009)),
      // A group that the settings name, and one that is the user's alone.
      (me, 0o664, 4_200_001, nil), (me, 0o664, me, nil), (0, 0o664, 0, nil),
    ] as [(uid_t, mode_t, gid_t, Trust.Fault?)])
  func files(_ owner: uid_t, _ mode: mode_t, _ group: gid_t, _ fault: Trust.Fault?) {
    #expect(Self.trust.fault(of: Self.status(owner, mode, group: group), "/none") == fault)
  }

  /// In a folder where only owners may rename and remove, each thing is judged by itself.
  @Test func stickyFolders() {
    #expect(Self.trust.fault(of: Self.status(0, 0o1777, isFolder: true), "/none") == nil)
    #expect(
      Self.trust.fault(of: Self.status(0, 0o777, isFolder: true), "/none") == .everybody)
    #expect(
      Self.trust.fault(of: Self.status(Self.stranger, 0o1777, isFolder: true), "/none")
        == .owner(Self.stranger))
  }

  /// Who has `/` has all below it, as a way; but his files are not ours.
  @Test func theOwnerOfTheSystem() {
    let trust = Trust(owners: [Self.me, 0], groups: [], folders: [], systemOwner: 65_534)
    let status = Self.status(65_534, 0o755, isFolder: true)
    #expect(trust.fault(of: status, "/none", isWay: true) == nil)
    #expect(trust.fault(of: status, "/none") == .owner(65_534))
  }

  @Test func onlyRootIsCalledBySudo() {
    let trust = Trust(environment: ["SUDO_UID": "\(Self.stranger)"])
    #expect(trust.owners.contains(Self.stranger) == (geteuid() == 0))
  }

  @Test func trustedFolders() {
    #expect(Self.trust.isTrusted("/srv/vault") && Self.trust.isTrusted("/srv/vault/a/b.md"))
    #expect(!Self.trust.isTrusted("/srv/vault2") && !Self.trust.isTrusted("/srv"))
  }

  /// Version 2, then tag, rights and id of each entry, as the kernel keeps them.
  private static func list(_ entries: [(UInt8, UInt8, UInt32)]) -> [UInt8] {
    [2, 0, 0, 0]
      + entries.flatMap { tag, rights, id in
        [tag, 0, rights, 0] + (0..<4).map { UInt8(truncatingIfNeeded: id >> (8 * $0)) }
      }
  }

  @Test(
    arguments: [
      ([(0x02, 6, stranger)], true), ([(0x02, 4, stranger)], false), ([(0x02, 6, me)], false),
      ([(0x08, 6, 4_200_009)], true), ([(0x08, 6, 4_200_001)], false),
      ([(0x04, 6, .max)], false), ([(0x01, 6, .max), (0x10, 6, .max), (0x20, 4, .max)], false),
    ] as [([(UInt8, UInt8, UInt32)], Bool)])
  func accessLists(_ entries: [(UInt8, UInt8, UInt32)], _ isOpen: Bool) throws {
    let list = try #require(AccessList(Self.list(entries)))
    #expect(
      list.letsOthersWrite(
        owners: Self.trust.owners, isOwn: { $0 == 4_200_001 }, group: 4_200_001) == isOpen)
  }

  @Test(arguments: [[], [2, 0, 0, 0, 1], [1, 0, 0, 0]] as [[UInt8]])
  func noAccessList(_ bytes: [UInt8]) { #expect(AccessList(bytes) == nil) }
}
