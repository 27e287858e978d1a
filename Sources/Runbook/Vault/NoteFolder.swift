#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An open folder and the names in it. By descriptor, so that renaming the folder meanwhile changes nothing.
final class NoteFolder {
  let path: String
  let calls: FileCalls
  private let file: OpenFile

  init(path: String, calls: FileCalls = .system) throws(SystemError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError("open", path: path) }
    self.path = path
    self.calls = calls
    file = OpenFile(descriptor: descriptor, path: path)
  }

  var descriptor: Int32 { file.descriptor }

  func path(of name: String) -> String { path == "/" ? "/" + name : "\(path)/\(name)" }

  /// What stands under a name, itself (a link is not followed); nil where nothing does.
  func status(of name: String) throws(SystemError) -> stat? {
    var status = stat()
    if fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 { return status }
    if errno == ENOENT { return nil }
    throw SystemError("stat", path: path(of: name))
  }

  func identity(of name: String) throws(SystemError) -> FileIdentity? {
    try status(of: name).map { FileIdentity($0) }
  }

  /// Opens a file to read it. A folder, a named pipe, a device or a link is an error, and is not waited for.
  func openRegular(_ name: String) throws(SystemError) -> OpenFile {
    let path = path(of: name)
    // Some file servers answer O_NONBLOCK with EAGAIN where another client must give something back first.
    guard let before = try status(of: name) else {
      throw SystemError("open", path: path, code: ENOENT)
    }
    guard before.st_mode & S_IFMT == S_IFREG else {
      throw SystemError(
        "open", path: path, code: before.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
    }
    let flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY
    var descriptor = openat(self.descriptor, name, flags | O_NONBLOCK)
    if descriptor < 0, errno == EAGAIN { descriptor = openat(self.descriptor, name, flags) }
    guard descriptor >= 0 else { throw SystemError("open", path: path) }
    let file = OpenFile(descriptor: descriptor, path: path)
    guard try file.status().st_mode & S_IFMT == S_IFREG else {
      throw SystemError("open", path: path, code: EINVAL)
    }
    return file
  }

  func sync() throws(SystemError) {
    guard calls.sync(descriptor) == 0 else { throw SystemError("fsync", path: path) }
  }

  func remove(_ name: String) throws(SystemError) {
    guard unlinkat(descriptor, name, 0) == 0 || errno == ENOENT else {
      throw SystemError("unlink", path: path(of: name))
    }
  }

  func rename(_ name: String, over other: String) throws(SystemError) {
    guard renameat(descriptor, name, descriptor, other) == 0 else {
      throw SystemError("rename", path: path(of: name))
    }
  }

  /// Gives a file a name that nothing has; `EEXIST` where something has.
  func rename(_ name: String, toNew new: String) throws(SystemError) {
    if calls.renameNew(descriptor, name, new) == 0 { return }
    guard errno == ENOSYS || errno == EINVAL || errno == ENOTSUP else {
      throw SystemError("link", path: path(of: new))
    }
    if linkat(descriptor, name, descriptor, new, 0) == 0 { return try remove(name) }
    guard errno != EEXIST else { throw SystemError("link", path: path(of: new)) }
    // Neither (exFAT): an empty file made exclusively is the claim, and the file is renamed over it.
    let claim = openat(descriptor, new, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard claim >= 0 else { throw SystemError("link", path: path(of: new)) }
    close(claim)
    try rename(name, over: new)
  }
}
