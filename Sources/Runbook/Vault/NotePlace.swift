/// Where a note stands. Two notes of one name are two notes.
public struct NotePlace: Sendable, Hashable, Codable {
  /// The root of the vault, absolute; the note's folder where it is in none.
  public let vault: String
  /// The note's path from there, `shop/Deploy.md`.
  public let path: String

  /// Absolute.
  public var fullPath: String { FilePath.join(vault, path) }
}

extension Vault {
  public func place(of note: NoteFile) -> NotePlace {
    NotePlace(vault: root, path: relativePath(of: note))
  }
}
