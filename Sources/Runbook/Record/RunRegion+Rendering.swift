extension RunRegion {
  /// The region's lines, without line endings; nil where the id or a type hasn't the form that strip knows.
  func rendered() -> [String]? {
    guard RunIdentifier.isIdentifier(run), ([type] + logs.map(\.type)).allSatisfy(Self.isType)
    else { return nil }
    let mark = "runbook-\(run)"
    var lines = [LogCallout.header(type, mark: mark, fold: "", title)]
    lines += body.map { "> " + MarkText.body($0) }
    lines += ["", "^run-\(run)"]
    for log in logs { lines += [""] + log.rendered(mark: mark) }
    return lines
  }

  private static func isType(_ type: String) -> Bool {
    !type.isEmpty && type.utf8.allSatisfy { (0x61...0x7A).contains($0) }
  }
}
