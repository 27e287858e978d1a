/// Gathers what is wrong with a note, with places turned into lines and columns.
struct DiagnosticCollector {
  let note: Note
  let file: String
  /// Lines in front that the file on disk does not have.
  private let addedLines: Int
  private(set) var diagnostics: [Diagnostic] = []
  /// Variables of which it was said that nothing defines them: once a note is enough.
  var undefinedNames: Set<String> = []

  init(note: Note, file: String, addedLines: Int = 0) {
    self.note = note
    self.file = file
    self.addedLines = addedLines
  }

  /// - Parameter replacement: what belongs in the range, where that is certain.
  mutating func error(
    _ message: String, at range: Range<Int>? = nil, fix: String? = nil, replacement: String? = nil
  ) {
    add(.error, message, at: range, fix: fix, replacement)
  }

  mutating func warning(_ message: String, at range: Range<Int>? = nil, fix: String? = nil) {
    add(.warning, message, at: range, fix: fix, nil)
  }

  mutating func error(_ problem: NoteProblem) {
    error(problem.message, at: problem.range, fix: problem.fix)
  }

  private mutating func add(
    _ severity: DiagnosticSeverity, _ message: String, at range: Range<Int>?, fix: String?,
    _ replacement: String?
  ) {
    guard let range else {
      diagnostics.append(Diagnostic(severity, message, file: file, fix: fix))
      return
    }
    // With lines in front the bytes are not the file's.
    let edit = addedLines > 0 ? nil : replacement.map { Splice(range, Array($0.utf8)) }
    diagnostics.append(
      Diagnostic(severity, message, at: place(of: range), fix: fix, edit: edit))
  }

  func place(of range: Range<Int>) -> SourcePlace {
    SourcePlace(note, file: file, range).moved(up: addedLines)
  }

  /// In the order of the note; problems without a place first.
  var sorted: [Diagnostic] {
    let order = diagnostics.indices.sorted {
      (diagnostics[$0].line, diagnostics[$0].column, $0)
        < (diagnostics[$1].line, diagnostics[$1].column, $1)
    }
    return order.map { diagnostics[$0] }
  }
}

extension Diagnostic {
  /// A problem at a range of a note's bytes.
  public init(
    _ severity: DiagnosticSeverity, _ message: String, file: String, note: Note,
    range: Range<Int>, fix: String? = nil
  ) {
    self.init(severity, message, at: SourcePlace(note, file: file, range), fix: fix)
  }
}

extension Diagnostic {
  /// A problem with bytes that are no note, so that only their lines are known.
  public init(_ problem: NoteProblem, file: String, bytes: [UInt8]) {
    guard ForeignEncoding.name(of: bytes) == nil else {
      // Its lines can't be shown.
      self.init(.error, problem.message, file: file, fix: problem.fix)
      return
    }
    let lines = LineTable(bytes)
    let line = lines.line(at: min(problem.range.lowerBound, bytes.count))
    let content = lines.content(of: line)
    // A line may be as long as the note; only its beginning is worth showing.
    let shown = content.prefix(200)
    let start = min(max(problem.range.lowerBound, content.lowerBound), content.upperBound)
    let before = String(decoding: bytes[content.lowerBound..<start], as: UTF8.self)
    self.init(
      .error, problem.message, file: file, line: line + 1,
      column: before.unicodeScalars.count + 1,
      source: String(decoding: bytes[shown], as: UTF8.self), fix: problem.fix)
  }
}
