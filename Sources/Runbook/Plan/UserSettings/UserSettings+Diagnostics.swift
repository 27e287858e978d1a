extension UserSettings.Problem {
  /// Each with its place in the file.
  public var diagnostics: [Diagnostic] {
    guard let settings else {
      return problems.map { Diagnostic($0, file: file, bytes: bytes) }
    }
    var found = DiagnosticCollector(
      note: settings.note, file: file, addedLines: settings.addedLines)
    for problem in problems { found.error(problem) }
    return found.sorted
  }
}
