/// The notes that a note embeds, directly and through each other, as they were when they were read, each once: what
/// was checked is what runs. A value, so that planning touches no file.
public struct EmbeddedNotes: Sendable {
  struct Entry: Sendable {
    let source: NoteSource
    let content: Content
  }

  enum Content: Sendable {
    case note(Note)
    case unreadable(Diagnostic)
  }

  /// A link as it stands in a note.
  struct Reference: Sendable, Hashable {
    /// The note that holds the link, from the vault's root.
    let from: String
    let target: String
  }

  /// Where a link leads: the path of a note, or why it leads nowhere.
  typealias Target = Result<String, VaultProblem>

  /// The path of the note that is run, from the vault's root.
  let root: String
  private(set) var entries: [String: Entry] = [:]
  private(set) var targets: [Reference: Target] = [:]

  /// None.
  public init() { root = "" }

  /// Only the note itself, whose sections it may embed.
  init(_ note: Note, _ source: NoteSource) {
    root = source.path
    entries[root] = Entry(source: source, content: .note(note))
  }

  /// Of the notes besides the one that is run, from the vault's root.
  public var paths: [String] { entries.keys.filter { $0 != root }.sorted() }

  mutating func add(_ entry: Entry) { entries[entry.source.path] = entry }

  mutating func add(_ target: Target, for reference: Reference) { targets[reference] = target }

  func find(_ target: String, from path: String) -> Result<Entry, VaultProblem> {
    let missing = VaultProblem(
      "the embedded note “\(target)” was not read", fix: "name a note of the vault")
    let known = targets[Reference(from: path, target: target)] ?? .failure(missing)
    return known.flatMap { entries[$0].map { .success($0) } ?? .failure(missing) }
  }
}
