/// A fenced code block.
public struct Fence: Sendable, Equatable {
  /// Index in `Note.blocks`.
  public let block: Int
  /// Index in `Note.tasks` of the nearest task item that contains it.
  public let task: Int?
  /// 0-based line of the opening fence.
  public let line: Int
  /// 0-based line of the closing fence; nil where there is none (the fence ends with its container).
  public let closingLine: Int?
  /// The lines between the fences.
  public let contentLines: Range<Int>
  /// The bytes of the info string (what follows the backticks on the opening line), trimmed; may be empty.
  public let info: Range<Int>
  /// The info string's first word without what follows a `{`: `bash` in ```` ```bash {timeout=3s} ````; may be empty.
  public let language: Range<Int>
  /// The bytes behind the language, trimmed: `{…}` or whatever else was written; may be empty.
  public let attributes: Range<Int>
  /// The code as CommonMark gives it: container markers and the fence's indentation removed, line endings as
  /// LF. A final LF where there is any line. NUL bytes are U+FFFD.
  public let code: [UInt8]
  /// 0-based lines where the indentation ends in the middle of a tab, so that `code` has spaces for it.
  public let splitTabLines: [Int]
}
