#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Whose files this user believes: what they say decides what runs.
///
/// A file, a folder and all that leads to it must belong to this user or to root, and nobody else may write to it; as
/// with git, ssh and sudo. Folders that the user trusts are taken as they are.
///
///     let trust = Trust(environment: environment)
///     let settings = try trust.read("/srv/vault/.runbook.yml", inside: "/srv/vault")
public struct Trust: Sendable {
  /// Who runs this, and who is as good as he is: root, and who called root by `sudo`.
  let owners: Set<uid_t>
  /// Groups whose members may write, by the user's settings.
  let groups: Set<gid_t>
  /// Real paths; what lies in them is believed whoever wrote it.
  let folders: [String]
  /// Whoever has `/` can put anything in the place of all that is in it.
  private let systemOwner: uid_t

  /// - Parameters:
  ///   - settings: the user's own.
  ///   - folders: those of `runbook trust`, absolute, links followed.
  public init(
    settings: UserSettings = UserSettings(), folders: [String] = [],
    environment: [String: String]
  ) {
    var owners: Set<uid_t> = [geteuid(), 0]
    // Only root can be called by sudo; anybody can set a variable.
    if geteuid() == 0, let caller = environment["SUDO_UID"].flatMap({ uid_t($0) }) {
      owners.insert(caller)
    }
    var root = stat()
    self.init(
      owners: owners, groups: Set(settings.trustedGroups.compactMap { Account.group(named: $0) }),
      folders: folders, systemOwner: stat("/", &root) == 0 ? root.st_uid : 0)
  }

  init(owners: Set<uid_t>, groups: Set<gid_t>, folders: [String], systemOwner: uid_t = 0) {
    self.owners = owners
    self.groups = groups
    self.folders = folders
    self.systemOwner = systemOwner
  }

  /// Why a file or a folder is not to be believed.
  enum Fault: Equatable {
    case owner(uid_t)
    case group(gid_t)
    case everybody
    case accessList
  }

  /// - Parameters:
  ///   - path: for its access list.
  ///   - isWay: only something in it is meant.
  func fault(of status: stat, _ path: String, isWay: Bool = false) -> Fault? {
    let isOwned =
      owners.contains(status.st_uid) || isWay && status.st_uid == systemOwner
    guard isOwned else { return .owner(status.st_uid) }
    let kind = status.st_mode & S_IFMT
    // A link has no mode of its own.
    if kind == S_IFLNK { return nil }
    // Where only owners can rename and remove, each thing in it is judged by its own owner.
    if kind == S_IFDIR, status.st_mode & S_ISVTX != 0 { return nil }
    if status.st_mode & S_IWOTH != 0 { return .everybody }
    guard status.st_mode & S_IWGRP != 0 else { return nil }
    let isOwn = { isPrivate($0, of: status.st_uid) }
    if let list = AccessList.of(path) {
      let isOpen = list.letsOthersWrite(owners: owners, isOwn: isOwn, group: status.st_gid)
      return isOpen ? .accessList : nil
    }
    return isOwn(status.st_gid) ? nil : .group(status.st_gid)
  }

  /// A group that is a user's own, as most systems give to each; or one that the settings name.
  private func isPrivate(_ group: gid_t, of owner: uid_t) -> Bool {
    if groups.contains(group) { return true }
    guard let entry = Account.group(group) else { return group == owner }
    return owners.union([owner]).contains { user in
      guard let account = Account.user(user) else { return false }
      return account.group == group && account.name == entry.name
        && entry.members.allSatisfy { $0 == account.name }
    }
  }
}
