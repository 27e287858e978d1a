#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Vault {
  /// Finds a note by the path that a person typed, and the vault around it. Nothing is opened that could block.
  /// - Throws: `VaultProblem` for everything that is not a note that can be read, with what to do about it.
  public static func locate(
    note path: String, among known: KnownVaults
  ) throws -> (vault: Vault, note: NoteFile) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw VaultProblem("no note is named", fix: "name a note: runbook exec NOTE.md")
    }
    let note = try existing(path)
    try refuseOtherKinds(note.realPath, named: path)
    try refuseOtherNames(path)
    try refuseUnreadable(note.realPath, named: path)
    return (try known.vault(of: note) { try vault(of: note, trust: known.trust) }, note)
  }

  /// The vault that shows the note; where that place is in none, the one where a link leads.
  private static func vault(of note: NoteFile, trust: Trust) throws -> Vault {
    let shown = FilePath.folder(of: note.path)
    if markedFolder(above: shown) == nil, markedFolder(above: note.realFolder) != nil {
      return try Vault(containing: note.realFolder, trust: trust)
    }
    return try Vault(containing: shown, trust: trust)
  }

  private static func existing(_ path: String) throws -> NoteFile {
    do {
      return try NoteFile(path: path)
    } catch {
      switch error.code {
      case ENOENT, ENOTDIR:
        if let other = sameName(path) { return try NoteFile(path: other) }
        if let target = FilePath.linkTarget(path) {
          throw VaultProblem(
            "\(path) is a link to \(target), which is not there",
            fix: "put the note back there, or remove the link")
        }
        throw VaultProblem("no such note: \(path)", fix: suggestion(for: path))
      case ELOOP: throw VaultProblem("\(path) is a link that leads to itself", fix: "remove it")
      default:
        throw VaultProblem(
          SystemError("open", path: path, code: error.code).description,
          fix: error.code == EACCES ? "look at the permissions of its folders" : nil)
      }
    }
  }

  private static func refuseOtherKinds(_ real: String, named path: String) throws {
    var status = stat()
    guard stat(real, &status) == 0 else {
      throw VaultProblem(SystemError("open", path: path).description)
    }
    let kind: String
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR:
      throw VaultProblem(
        "\(path) is a folder, not a note",
        fix: "name a note in it: \(FilePath.join(path, "NOTE.md"))")
    case S_IFIFO: kind = "a named pipe"
    case S_IFSOCK: kind = "a socket"
    default: kind = "a device"
    }
    throw VaultProblem("\(path) is \(kind), not a note", fix: "name a Markdown file")
  }

  private static func refuseOtherNames(_ path: String) throws {
    let name = FilePath.name(of: path)
    guard NoteName.isNote(name) else {
      throw VaultProblem(
        "\(path) is not a note: its name does not end in .md", fix: suggestion(for: path))
    }
    guard let original = ConflictedCopy.original(of: name) else { return }
    let place = FilePath.join(FilePath.folder(of: path), original)
    throw VaultProblem(
      "\(path) is a conflicted copy that a sync tool made",
      fix: "bring what you want of it into \(place), and run that")
  }

  private static func refuseUnreadable(_ real: String, named path: String) throws {
    let descriptor = open(real, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else {
      let error = SystemError("read", path: path)
      throw VaultProblem(
        error.description, fix: error.code == EACCES ? "make it readable: chmod u+r" : nil)
    }
    close(descriptor)
  }

  /// macOS and Linux spell an accented letter differently; Swift's strings compare equal.
  private static func sameName(_ path: String) -> String? {
    let folder = FilePath.folder(of: path)
    let name = FilePath.name(of: path)
    guard !name.utf8.allSatisfy({ $0 < 128 }) else { return nil }
    return names(in: folder).first { $0 == name }.map { FilePath.join(folder, $0) }
  }

  private static func suggestion(for path: String) -> String {
    let folder = FilePath.folder(of: path)
    let name = FilePath.name(of: path)
    let notes = names(in: folder)
    if notes.contains(name + ".md") { return "did you mean \(path).md?" }
    let wanted = NoteName.title(of: name)
    let titles = notes.map { NoteName.title(of: $0) }
    if let nearest = Spelling.nearest(
      to: wanted, among: titles, atMost: max(1, wanted.count / 3), ignoringCase: true),
      let index = titles.firstIndex(of: nearest)
    {
      return "did you mean \(FilePath.join(folder, notes[index]))?"
    }
    return notes.isEmpty
      ? "there is no note in \(folder.isEmpty ? "this folder" : folder)"
      : "look at the spelling of the path"
  }

  /// The notes right in a folder, by the path that a person typed.
  private static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder.isEmpty ? "." : folder) else { return [] }
    defer { closedir(stream) }
    return entries(of: stream).map(\.name).filter { name in
      NoteName.isNote(name) && !name.hasPrefix(".")
        && access(FilePath.join(folder, name), F_OK) == 0
    }.sorted()
  }
}
