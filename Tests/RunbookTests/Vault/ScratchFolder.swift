import Glibc

@testable import Runbook

/// A folder for one test, removed with its last reference.
final class ScratchFolder {
  let path: String

  init(in parent: String = "/tmp") throws {
    var template = Array("\(parent)/runbook-vault-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemError("mkdir", path: parent) }
    path = try FilePath.real(
      String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }

  deinit { Self.removeAll(path) }

  func path(_ name: String) -> String { "\(path)/\(name)" }

  @discardableResult
  func file(_ name: String, _ text: String = "text\n") throws -> String {
    try folder(FilePath.folder(of: name))
    try Self.write(Array(text.utf8), to: path(name), flags: O_CREAT | O_TRUNC)
    return path(name)
  }

  func folder(_ name: String) throws {
    var path = self.path
    for part in name.split(separator: "/") {
      path += "/\(part)"
      guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
        throw SystemError("mkdir", path: path)
      }
    }
  }

  func text(_ name: String) throws -> String {
    let descriptor = open(path(name), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError("open", path: path(name)) }
    let bytes = try OpenFile(descriptor: descriptor, path: path(name)).bytes()
    return String(decoding: bytes, as: UTF8.self)
  }

  /// All names in the folder, dot-files too, sorted.
  func names() -> [String] { Self.names(in: path) }

  static func names(in path: String) -> [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    return Vault.entries(of: stream).map(\.name).filter { $0 != "." && $0 != ".." }.sorted()
  }

  func status(_ name: String) throws -> stat {
    var status = stat()
    guard lstat(path(name), &status) == 0 else { throw SystemError("stat", path: name) }
    return status
  }

  static func write(_ bytes: [UInt8], to path: String, flags: Int32) throws {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC | flags, 0o644)
    guard descriptor >= 0 else { throw SystemError("open", path: path) }
    defer { close(descriptor) }
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
      throw SystemError("write", path: path)
    }
  }

  private static func removeAll(_ path: String) {
    chmod(path, 0o755)
    if let stream = opendir(path) {
      let entries = Vault.entries(of: stream)
      closedir(stream)
      for (name, type) in entries where name != "." && name != ".." {
        if type == DT_DIR { removeAll("\(path)/\(name)") } else { unlink("\(path)/\(name)") }
      }
    }
    rmdir(path)
  }
}
