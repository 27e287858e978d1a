#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The embedded notes of a run as its folder keeps them: `embedded.json` says which they are, `embedded/1.md` … are
/// their bytes. The note that is run is kept by itself.
struct StoredEmbeds: Codable {
  private struct Link: Codable {
    let from: String
    let target: String
    let note: String
  }

  private let root: NoteSource
  /// In the order of their files.
  private let notes: [NoteSource]
  private let links: [Link]

  /// Writes nothing where no note is embedded. The caller syncs the folder.
  static func write(_ embeds: EmbeddedNotes, to folder: RunFolder) throws {
    guard let root = embeds.entries[embeds.root]?.source, !embeds.targets.isEmpty else { return }
    var sources: [NoteSource] = []
    let place = FilePath.folder(of: folder.embedded(1))
    guard mkdir(place, 0o700) == 0 else { throw SystemError("mkdir", path: place) }
    for (path, entry) in embeds.entries.sorted(by: { $0.key < $1.key }) where path != embeds.root {
      guard case .note(let note) = entry.content else { continue }
      sources.append(entry.source)
      try WholeFile.write(note.bytes, to: folder.embedded(sources.count), mode: 0o600)
    }
    let links = embeds.targets.compactMap { reference, target in
      (try? target.get()).map { Link(from: reference.from, target: reference.target, note: $0) }
    }
    let stored = StoredEmbeds(
      root: root, notes: sources,
      links: links.sorted { ($0.from, $0.target) < ($1.from, $1.target) })
    let text = try JSONText.encode(stored, isPretty: false)
    try WholeFile.write(Array(text.utf8), to: folder.embeds, mode: 0o600)
    try WholeFile.syncFolder(place)
  }

  /// - Throws: where they can't be read: without them the plan would be another.
  static func read(_ folder: RunFolder, _ note: Note) throws -> EmbeddedNotes {
    guard WholeFile.size(folder.embeds) != nil else { return EmbeddedNotes() }
    guard let stored = JSONText.decode(StoredEmbeds.self, try WholeFile.read(folder.embeds)) else {
      throw SystemError("read", path: folder.embeds, code: EINVAL)
    }
    var embeds = EmbeddedNotes(note, stored.root)
    for (index, source) in stored.notes.enumerated() {
      let bytes = try WholeFile.read(folder.embedded(index + 1))
      embeds.add(EmbeddedNotes.Entry(source: source, content: .note(try Note(bytes))))
    }
    for link in stored.links {
      embeds.add(
        .success(link.note), for: EmbeddedNotes.Reference(from: link.from, target: link.target))
    }
    return embeds
  }
}
