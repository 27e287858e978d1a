/// Reads the notes that a note embeds as steps, and those that they embed in turn, each once.
public struct EmbedReader {
  /// More is no workflow: it is a mistake, or a trap.
  static let mostLinks = 256
  static let mostBytes = Note.sizeLimit

  private let vault: Vault
  private let file: NoteFile
  /// The note as the user named it.
  private let name: String
  private let unwritten: (String) -> UnwrittenNote?
  private var notes: EmbeddedNotes
  private var bytes = 0
  private var open: [(note: Note, file: NoteFile, path: String)]

  /// A note that is about to be made.
  public struct UnwrittenNote {
    /// From the vault's root.
    public let path: String
    public let bytes: [UInt8]

    public init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }

  /// - Parameter unwritten: gives the note that a link to none in the vault will lead to.
  public static func read(
    _ note: Note, _ file: NoteFile, named name: String, in vault: Vault,
    unwritten: @escaping (String) -> UnwrittenNote? = { _ in nil }
  ) -> EmbeddedNotes {
    var reader = EmbedReader(note, file, name, vault, unwritten)
    while let next = reader.open.popLast() { reader.follow(next.note, next.file, next.path) }
    return reader.notes
  }

  private init(
    _ note: Note, _ file: NoteFile, _ name: String, _ vault: Vault,
    _ unwritten: @escaping (String) -> UnwrittenNote?
  ) {
    self.unwritten = unwritten
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
        notes.add(.success(try target(of: link, in: file)), for: reference)
      } catch let problem as VaultProblem {
        notes.add(.failure(problem), for: reference)
      } catch {
        notes.add(
          .failure(VaultProblem("\(error)", fix: "make the note readable")), for: reference)
      }
    }
  }

  /// The path of the note that a link leads to, which is read.
  private mutating func target(of link: Link, in file: NoteFile) throws -> String {
    guard notes.targets.count < Self.mostLinks else {
      throw VaultProblem(
        "the note embeds more than \(Self.mostLinks) notes", fix: "make it several runbooks")
    }
    let found: ResolvedLink
    do {
      found = try vault.resolve(link, from: file)
    } catch let problem as VaultProblem {
      guard let made = unwritten(link.target) else { throw problem }
      let note = NoteFile(newAt: FilePath.join(vault.root, made.path))
      if notes.entries[made.path] == nil {
        try add(TrustedFile(own: made.bytes, path: note.path), of: note, made.path)
      }
      return made.path
    }
    try refuse(found, link)
    let path = vault.relativePath(of: found.note)
    if notes.entries[path] == nil { try add(try vault.read(path), of: found.note, path) }
    return path
  }

  private func refuse(_ found: ResolvedLink, _ link: Link) throws(VaultProblem) {
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
  }

  private mutating func add(
    _ file: TrustedFile, of found: NoteFile, _ path: String
  ) throws(VaultProblem) {
    let bytes = file.bytes
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
