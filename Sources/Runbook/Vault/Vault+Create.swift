#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Vault {
  /// Makes a new note, on disk before this returns. Never overwrites.
  /// - Parameters:
  ///   - path: from the root, `Runs/2026-08-21 140210 Workflow-Quick.md`; missing folders are made.
  ///   - numbered: where the name is taken, ` 2`, ` 3` … is added to it; else that is an error (`EEXIST`).
  ///   - original: who can read and write that, can read and write this; folders that are made likewise. Nil: as the
  ///     umask says. Where it is gone, nobody else can.
  ///   - draft: a dot-file's name that only this caller uses. It is seen where the file system has no files without
  ///     names, and what a killed process left under it is removed first.
  /// - Throws: `VaultProblem` for a path that leads out of the vault; `SystemError`.
  public func create(
    _ path: String, _ bytes: [UInt8], numbered: Bool = false, sharedLike original: NoteFile? = nil,
    draft: String? = nil
  ) throws -> NoteFile {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let isPlain = parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") && !$0.utf8.contains(0) }
    guard isPlain, let name = parts.last, NoteName.isNote(name) else {
      throw VaultProblem(
        "“\(path)” is no path of a note in the vault",
        fix: "write folders and a name that ends in .md, without . or .. parts")
    }
    let shared = original.flatMap { try? $0.openForAccess() }
    let folder = try NoteFolder(path: makeFolders(parts.dropLast(), sharedLike: shared))
    if let draft { try folder.remove(draft) }
    for candidate in Self.numbered(name).prefix(numbered ? 10_000 : 1) {
      do {
        _ = try folder.stage(
          bytes, as: candidate, sharedLike: shared, isPrivate: original != nil && shared == nil,
          draft: draft)
        try folder.sync()
        return try NoteFile(path: folder.path(of: candidate))
      } catch {
        guard error.code == EEXIST, numbered else { throw error }
      }
    }
    throw SystemError("link", path: folder.path(of: name), code: EEXIST)
  }

  /// The names that `create` tries: `Deploy.md`, `Deploy 2.md`, `Deploy 3.md` …
  static func numbered(_ name: String) -> some Sequence<String> {
    (1...10_000).lazy.map { $0 == 1 ? name : "\(name.dropLast(3)) \($0).md" }
  }

  /// Each new folder is synced into the one above, or the note could be lost with it.
  func makeFolders(
    _ names: some Sequence<String>, sharedLike original: OpenFile? = nil
  ) throws -> String {
    let access = try original.map { FileAccess(try $0.status()) }
    var path = root
    for name in names {
      let parent = path
      path = FilePath.join(parent, name)
      if mkdir(path, access == nil ? 0o777 : 0o700) == 0 {
        try access?.give(toFolder: path)
        try NoteFolder(path: parent).sync()
      } else if errno != EEXIST {
        throw SystemError("mkdir", path: path)
      }
      let real = try FilePath.real(path)
      guard FilePath.relative(real, to: root) != nil else {
        throw VaultProblem(
          "the folder \(path) is a link that leads out of the vault", fix: "make it a folder")
      }
    }
    return path
  }
}
