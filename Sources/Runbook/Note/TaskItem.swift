/// A list item that starts with a box: `- [ ] text`. Not inside `%% … %%` comments.
public struct TaskItem: Sendable, Equatable {
  /// Index in `Note.blocks` of the list item.
  public let block: Int
  /// Index in `Note.tasks` of the nearest task item around this one.
  public let parent: Int?
  /// 0-based line of the marker and the box.
  public let line: Int
  /// The bytes between `[` and `]`: one character, possibly not ASCII, possibly not valid UTF-8.
  public let mark: Range<Int>
  /// The text on the first line: after `]` and the white space behind it, to the line's end (white space at
  /// the end included). Empty where there is none.
  public let text: Range<Int>
}
