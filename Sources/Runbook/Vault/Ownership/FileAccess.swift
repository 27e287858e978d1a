#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Who may read and write a file, to be given to another one.
struct FileAccess {
  private let owner: uid_t
  private let group: gid_t
  /// Without the rights to execute; its owner can read and write it in any case.
  private let mode: mode_t

  init(_ status: stat) {
    owner = status.st_uid
    group = status.st_gid
    mode = status.st_mode & 0o666 | 0o600
  }

  /// Gives a new file of ours the group and the mode, from root also the owner.
  func give(to file: OpenFile) throws(SystemError) {
    try change(file, to: try modeWithGroup(file))
  }

  /// Who may read the file can list the folder, and who may write to it can add to it.
  func give(toFolder path: String) throws(SystemError) {
    let folder = OpenFile(
      descriptor: open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), path: path)
    guard folder.descriptor >= 0 else { throw SystemError("open", path: path) }
    let inherited = try folder.status().st_mode & S_ISGID
    let mode = try modeWithGroup(folder)
    try change(folder, to: mode | (mode & 0o444) >> 2 | inherited)
  }

  /// The mode that is left to be set: the rights of a group that could not be given are nobody's.
  private func modeWithGroup(_ file: OpenFile) throws(SystemError) -> mode_t {
    let newOwner = geteuid() == 0 ? owner : uid_t.max
    if fchown(file.descriptor, newOwner, group) == 0 { return mode }
    let isSame = try file.status().st_gid == group
    return isSame ? mode : mode & ~0o060 | (mode & 0o006) << 3 & mode
  }

  /// The file is ours, so only a file system that keeps no modes can refuse it; there the mount says who may do what.
  private func change(_ file: OpenFile, to mode: mode_t) throws(SystemError) {
    guard fchmod(file.descriptor, mode) == 0 || [EPERM, ENOTSUP, ENOSYS].contains(errno) else {
      throw SystemError("chmod", path: file.path)
    }
  }
}
