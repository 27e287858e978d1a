/// The YAML between the `---` lines at the very start of a note. Read, never re-emitted: scalars are as written.
public struct FrontMatter: Sendable, Equatable {
  public struct Entry: Sendable, Equatable {
    public let key: String
    /// The key's bytes in the note.
    public let keyRange: Range<Int>
    public let value: YAMLValue
    /// The lines (0-based) of the entry: key, value and continuation lines.
    public let lines: Range<Int>
  }

  /// 0-based line of the closing `---`; the opening one is line 0.
  public let closingLine: Int
  /// In document order. Empty where the YAML isn't a mapping.
  public let entries: [Entry]
  /// Keys at column 0, a line each at least: an entry's lines can be taken out.
  let isBlockMapping: Bool
  /// A block mapping at column 0, or an empty block: new keys may be spliced in before the closing line.
  public let isExtensible: Bool
}
