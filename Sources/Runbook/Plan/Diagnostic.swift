/// Something about a note that its author should know, with the place and, where there is one, the way out.
public struct Diagnostic: Sendable, Hashable {
  public let severity: DiagnosticSeverity
  public let message: String
  /// The file as the user named it.
  public let file: String
  /// 1-based; 0 where the problem has no place in the text (an empty note, the command line).
  public let line: Int
  /// 1-based, in characters (Unicode scalars); 0 with line 0.
  public let column: Int
  /// How many characters the caret underlines; at least 1.
  public let length: Int
  /// The text of the line, without its ending; empty with line 0.
  public let source: String
  /// What to do.
  public let fix: String?
  /// The fix as a change of the file's bytes, where it is certain what belongs there.
  public let edit: Splice?

  public init(
    _ severity: DiagnosticSeverity, _ message: String, file: String, line: Int = 0, column: Int = 0,
    length: Int = 1, source: String = "", fix: String? = nil, edit: Splice? = nil
  ) {
    self.severity = severity
    self.message = message
    self.file = file
    self.line = line
    self.column = column
    self.length = max(1, length)
    self.source = source
    self.fix = fix
    self.edit = edit
  }

  /// Place and message tell almost any two apart, and there may be a hundred thousand: of a note, or a note each.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(file)
    hasher.combine(line)
    hasher.combine(column)
    hasher.combine(message)
  }
}
