/// The record notes of a vault. They are known by their names, `2026-08-21 140210 Workflow-Quick`, wherever a person
/// moved them to, so that a vault of many thousand other notes need not be read.
public struct RecordShelf {
  public struct Record: Sendable, Equatable {
    /// From the vault's root.
    public let path: String
    public let title: String
  }

  /// What the figures of a run stand in, properties and the table of the steps, rarely takes more.
  private static let head = 16 << 10
  private static let moment = "0000-00-00 000000 "

  /// Sorted by their paths.
  public let records: [Record]
  /// Folders that could not be read; their records are missing.
  public let unreadable: [SystemError]
  private let root: String
  private let index: VaultIndex

  public init(_ vault: Vault) throws {
    let listing = try vault.listing()
    root = vault.root
    unreadable = listing.unreadable
    index = VaultIndex(paths: listing.notes)
    records = listing.notes.map {
      Record(path: $0, title: NoteName.title(of: FilePath.name(of: $0)))
    }
    .filter { Self.isName($0.title) }
  }

  /// What it is, its tags say.
  static func isName(_ title: String) -> Bool {
    let bytes = Array(title.utf8.prefix(moment.utf8.count))
    return title.utf8.count > bytes.count && ItemGroupGrammar.matches(bytes[...], moment)
  }

  /// The path of the note that a record's link leads to by now, without `.md`: a link of old has only a name, and
  /// Obsidian shortens others. As it is where it leads nowhere, or may lead to several.
  public func locate(_ target: String) -> String {
    let found = index.candidates(for: target, from: "")
    guard let first = found.first, found.count == 1 || first == "\(target).md" else {
      return target
    }
    return NoteName.title(of: first)
  }

  /// Its beginning, or all of it where the reader needs more; nil where it can't be read. Records are written once, so
  /// that nobody has to be waited for.
  public func read(_ record: Record, isEnough: ([UInt8]) -> Bool) -> [UInt8]? {
    let path = FilePath.join(root, record.path)
    guard let bytes = try? WholeFile.read(path, limit: Self.head) else { return nil }
    guard bytes.count == Self.head, !isEnough(bytes) else { return bytes }
    return try? WholeFile.read(path, limit: Note.sizeLimit)
  }
}
