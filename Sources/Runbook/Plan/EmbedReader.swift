/// Reads the notes that a note embeds as steps, and those that they embed in turn, each once.
public struct EmbedReader {
  /// More is no workflow: it is a mistake, or a trap.
  static let mostLinks = 256
  static let mostBytes = Note.sizeLimit

  private let vault: Vault
  private let file: NoteFile
  /// The note as the user named it.
  private let name: String
  private var notes: EmbeddedNotes
  private var bytes = 0
  private var open: [(note: Note, file: NoteFile, path: String)]

  public static func read(
    _ note: Note, _ file: NoteFile, named name: String, in vault: Vault
  ) -> EmbeddedNotes {
    var reader = EmbedReader(note, file, name, vault)
    while let next = reader.open.popLast() { reader.follow(next.note, next.file, next.path) }
    return reader.notes
  }

  private init(_ note: Note, _ file: NoteFile, _ name: String, _ vault: Vault) {
    self.vault = vault
    self.file = file
    self.name = name
    let path = vault.relativePath(of: file)
    notes = EmbeddedNotes(note, NoteSource(title: file.title, path: path, file: name))
    open = [(note, file, path)]
  }

  private mutating func follow(_ note: Note, _ file: NoteFile, _ path: String) {
    for task in note.tasks {
      guard let link = StepEmbed.whole(note, task, StepText(note, task)) else { continue }
      let reference = EmbeddedNotes.Reference(from: path, target: link.target)
      guard notes.targets[reference] == nil else { continue }
      do {
        let found = try resolve(link, from: file)
        let target = vault.relativePath(of: found)
        if notes.entries[target] == nil { try read(found, target) }
        notes.add(.success(target), for: reference)
      } catch let problem as VaultProblem {
        notes.add(.failure(problem), for: reference)
      } catch {
        notes.add(
          .failure(VaultProblem("\(error)", fix: "make the note readable")), for: reference)
      }
    }
  }

  private func resolve(_ link: Link, from file: NoteFile) throws -> NoteFile {
    guard notes.targets.count < Self.mostLinks else {
      throw VaultProblem(
        "the note embeds more than \(Self.mostLinks) notes", fix: "make it several runbooks")
    }
    let found = try vault.resolve(link, from: file)
    guard found.others.isEmpty else {
      let paths = [vault.relativePath(of: found.note)] + found.others
      throw VaultProblem(
        "“\(link.target)” fits more than one note: " + paths.prefix(8).joined(separator: ", "),
        fix: "write the path from the vault's root: ![[\(NoteName.title(of: paths[0]))]]")
    }
    if let original = ConflictedCopy.original(of: FilePath.name(of: found.note.path)) {
      throw VaultProblem(
        "“\(link.target)” is a conflicted copy that a sync tool made",
        fix: "bring what you want of it into \(original), and embed that")
    }
    return found.note
  }

  private mutating func read(_ found: NoteFile, _ path: String) throws {
    let bytes = try found.read().bytes
    self.bytes += bytes.count
    guard self.bytes <= Self.mostBytes else {
      throw VaultProblem(
        "the embedded notes are over \(Self.mostBytes >> 20) MiB together",
        fix: "move logs and data into files of their own")
    }
    let source = NoteSource(title: found.title, path: path, file: displayed(found, path))
    do throws(NoteProblem) {
      let note = try Note(bytes)
      notes.add(EmbeddedNotes.Entry(source: source, content: .note(note)))
      open.append((note, found, path))
    } catch {
      notes.add(
        EmbeddedNotes.Entry(
          source: source,
          content: .unreadable(Diagnostic(error, file: source.file, bytes: bytes))))
    }
  }

  /// As the user would name it from where the note that is run was named.
  private func displayed(_ found: NoteFile, _ path: String) -> String {
    let shown = FilePath.shown(path, beside: name, notes.root)
    // A link on the way there leads elsewhere than its name says.
    return (try? FilePath.real(shown)) == found.realPath ? shown : found.path
  }
}
