/// A note, lossless: its bytes, and what they mean as Markdown.
public struct Note: Sendable {
  /// The largest note that is read, in bytes.
  public static let sizeLimit = 2 << 20

  public let bytes: [UInt8]
  public let lines: LineTable
  public let frontMatter: FrontMatter?
  /// The first line (0-based) behind the front matter; 0 where there is none.
  public let bodyLine: Int
  /// All blocks, a container before what it contains.
  public let blocks: [MarkdownBlock]
  /// In document order. What stands inside `%% … %%` is left out, here and in `tasks` and `fences`:
  /// Obsidian does not show it, and what nobody sees must not run.
  public let headings: [Heading]
  /// In document order; a parent before its children.
  public let tasks: [TaskItem]
  /// In document order.
  public let fences: [Fence]
  /// The bytes of each `%% … %%`, marks included, outside code. In document order.
  public let comments: [Range<Int>]
  /// Byte offset of a `%%` that is never closed. It hides nothing here, whatever Obsidian makes of it.
  public let openComment: Int?
  /// Byte offset of a `$$` that is never closed.
  public let openMath: Int?
  /// What could not be read, without making the rest unreadable: broken YAML, an open `%%`, …
  public let problems: [NoteProblem]
}
