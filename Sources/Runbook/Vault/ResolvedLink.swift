/// Where a link leads.
public struct ResolvedLink: Sendable, Equatable {
  public let note: NoteFile
  /// Paths from the vault's root of other notes that the link could mean as well as this one: Obsidian takes the one
  /// nearest to the linking note, then the one with the shortest path. Empty where the link is clear.
  public let others: [String]
}
