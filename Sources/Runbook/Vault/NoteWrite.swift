#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One write's note, folder and callers.
struct NoteWrite {
  let folder: NoteFolder
  let noteName: String
  let intent: (WriteIntent) throws -> Void
  let render: ([UInt8]) throws -> [UInt8]?

  /// How long a note that is not there is waited for, in milliseconds: some editors save by removing it first.
  private static let patience = 250

  init(
    file: NoteFile, calls: FileCalls, intent: @escaping (WriteIntent) throws -> Void,
    render: @escaping ([UInt8]) throws -> [UInt8]?
  ) throws {
    folder = try NoteFolder(path: file.realFolder, calls: calls)
    noteName = file.realName
    self.intent = intent
    self.render = render
  }

  /// For what writes nothing of its own into the note.
  init(folder: NoteFolder, noteName: String) {
    self.folder = folder
    self.noteName = noteName
    intent = { _ in }
    render = { _ in nil }
  }

  var notePath: String { folder.path(of: noteName) }

  func read() throws -> QuietRead {
    let deadline = MonotonicTime.now + Int64(Self.patience) * 1_000_000
    while true {
      do {
        return try QuietRead.read(noteName, in: folder)
      } catch let error as SystemError where error.code == ENOENT {
        guard MonotonicTime.now < deadline else { throw gone }
        MonotonicTime.pause(milliseconds: 2)
      } catch let error as SystemError where [EISDIR, EINVAL, ELOOP].contains(error.code) {
        throw VaultProblem(
          "\(notePath) is no longer a file", fix: "something else was put in the note's place")
      }
    }
  }

  var gone: VaultProblem {
    VaultProblem(
      "\(notePath) is gone: it was deleted, moved or renamed", fix: "nothing was written to it")
  }

  /// The folder's permission is what a swap needs; the note's own is what its owner means.
  func refuseReadOnly(_ file: OpenFile) throws {
    let mayWrite = faccessat(folder.descriptor, noteName, W_OK, AT_EACCESS) == 0
    let code = mayWrite ? 0 : errno
    if code == EPERM {
      throw VaultProblem(
        "\(notePath) is marked as immutable", fix: "if it should not be: sudo chattr -i")
    }
    if code == EROFS {
      throw VaultProblem(
        "\(notePath) is on a file system that is mounted read-only",
        fix: "work on a copy of the vault, or have it mounted for writing")
    }
    guard try file.status().st_mode & 0o222 == 0 else {
      if mayWrite { return }
      throw VaultProblem(
        "you may not write to \(notePath)", fix: "its owner, or its group, may: see ls -l")
    }
    throw VaultProblem("\(notePath) is read-only", fix: "make it writable: chmod u+w")
  }

  /// `.NAME.runbook-<unique>`, at most 255 bytes: Obsidian shows no dot-file.
  func temporaryName() -> String {
    let unique = String(UInt64.random(in: .min ... .max), radix: 36)
    return ".\(NoteName.shortened(noteName, bytes: 200)).runbook-\(unique)"
  }

  /// Makes a conflict copy of bytes; gives its name.
  func keep(_ bytes: [UInt8], stamp: String) throws -> String {
    let like = try? folder.openRegular(noteName)
    return try named(stamp: stamp) { name in
      _ = try folder.stage(bytes, as: name, like: like)
    }
  }

  /// Makes a conflict copy of a dot-file: the very file, so that who has it open writes on into the copy.
  func keep(file name: String, stamp: String) throws -> String {
    try named(stamp: stamp) { try folder.rename(name, toNew: $0) }
  }

  private func named(stamp: String, _ make: (String) throws -> Void) throws -> String {
    for number in 1...1_000 {
      let name = ConflictedCopy.name(for: noteName, stamp: stamp, number: number)
      do {
        try make(name)
        try folder.sync()
        return name
      } catch let error as SystemError where error.code == EEXIST {
        continue
      }
    }
    throw SystemError("link", path: notePath, code: EEXIST)
  }
}
