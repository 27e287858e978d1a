/// A place in a note, as a diagnostic shows it, for when the note is no longer at hand.
public struct SourcePlace: Sendable, Hashable {
  /// As people are told of it.
  public let file: String
  /// 1-based.
  public let line: Int
  /// 1-based, in characters (Unicode scalars).
  public let column: Int
  /// How many characters the caret underlines.
  public let length: Int
  /// The text of the line, without its ending.
  public let source: String
}

extension SourcePlace {
  /// A range of a note's bytes; the caret underlines what of it is on the first line.
  init(_ note: Note, file: String, _ range: Range<Int>) {
    let position = note.position(of: range.lowerBound)
    let content = note.lines.content(of: position.line - 1)
    self.init(
      file: file, line: position.line, column: position.column,
      length: note.text(range.clamped(to: content)).unicodeScalars.count,
      source: note.text(content))
  }

  func moved(up lines: Int) -> SourcePlace {
    SourcePlace(
      file: file, line: max(1, line - lines), column: column, length: length, source: source)
  }
}

extension Diagnostic {
  public init(
    _ severity: DiagnosticSeverity, _ message: String, at place: SourcePlace, fix: String? = nil,
    edit: Splice? = nil
  ) {
    self.init(
      severity, message, file: place.file, line: place.line, column: place.column,
      length: place.length, source: place.source, fix: fix, edit: edit)
  }
}
