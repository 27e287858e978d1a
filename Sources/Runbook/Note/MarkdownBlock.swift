/// A block of the note's Markdown, as CommonMark sees it. Positions are byte offsets and 0-based lines of the
/// whole note, front matter included, computed from the note's bytes (cmark's ends are wrong in many cases).
public struct MarkdownBlock: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    case quote
    case list(isOrdered: Bool)
    case item
    case paragraph
    case heading(level: Int, isSetext: Bool)
    case fence
    case indentedCode
    case html
    case thematicBreak
  }

  public let kind: Kind
  /// Index in `Note.blocks` of the block that contains this one; nil at top level.
  public let parent: Int?
  /// Byte offset of the block's first byte (a list item's is its marker).
  public let start: Int
  /// The first line.
  public let line: Int
  /// The last line that holds text of this block or its children; blank lines behind it are not counted.
  public let lastLine: Int
}
