/// A wiki link or embed: `[[Note#Heading|alias]]`, `![[Note#^block]]`. A value; resolving it is the vault's.
public struct Link: Sendable, Equatable {
  public let isEmbed: Bool
  /// The note as written; empty for a link within the note (`[[#Heading]]`).
  public let target: String
  /// What follows `#`, without it (`Heading`, `^block`, `A#B`); nil where there is none.
  public let fragment: String?
  public let alias: String?
  /// The bytes of the whole link in the note, `!` included.
  public let range: Range<Int>
}
