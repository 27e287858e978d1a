/// A note, lossless: its bytes, and what they mean as Markdown.
public struct Note: Sendable {
  /// The largest note that is read, in bytes.
  public static let sizeLimit = 2 << 20

  public let bytes: [UInt8]
  public let lines: LineTable
  public let frontMatter: FrontMatter?
  /// All blocks, a container before what it contains.
  public let blocks: [MarkdownBlock]
  /// In document order.
  public let headings: [Heading]
  /// In document order; a parent before its children.
  public let tasks: [TaskItem]
  /// In document order.
  public let fences: [Fence]
  /// What could not be read, without making the rest unreadable: broken YAML, an open `%%`, …
  public let problems: [NoteProblem]
}
