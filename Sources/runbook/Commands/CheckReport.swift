import Runbook

/// How diagnostics are told.
enum CheckReport {
  /// Tells them and gives the status to end with.
  static func refuse(_ diagnostics: [Diagnostic], asJSON: Bool) -> ExitStatus {
    if asJSON, let text = try? JSONText.encode(diagnostics) {
      Output.print(SafeText(json: text))
    } else {
      complain(diagnostics)
    }
    return .usage
  }

  /// Tells them on standard error.
  static func complain(_ diagnostics: [Diagnostic]) {
    if !diagnostics.isEmpty { Output.complain(text(diagnostics)) }
  }

  private static let mostOfAKind = 20
  /// Errors and warnings are counted apart: no number of warnings may hide why nothing runs.
  private static let mostOfAFile = 200

  /// One below the other. Who has seen a problem twenty times, or two hundred in a file, knows enough: the rest is
  /// counted.
  static func text(_ diagnostics: [Diagnostic]) -> SafeText {
    var shown: [SafeText] = []
    var ofKind: [String: Int] = [:]
    var ofFile: [String: Int] = [:]
    var omitted: [String: Int] = [:]
    for problem in diagnostics {
      let file = "\(problem.file)\n\(problem.severity.rawValue)"
      let kind = "\(file)\n\(problem.message)"
      guard ofKind[kind, default: 0] < mostOfAKind, ofFile[file, default: 0] < mostOfAFile else {
        omitted[problem.file, default: 0] += 1
        continue
      }
      ofKind[kind, default: 0] += 1
      ofFile[file, default: 0] += 1
      shown.append(problem.text)
    }
    for (file, number) in omitted.sorted(by: { $0.key < $1.key }) {
      shown.append(
        "\(file): \(count(number, "problem")) more like these; `runbook check --json` lists all\n")
    }
    return shown.joined()
  }

  /// `2 errors, 1 warning in 3 notes`
  static func summary(_ diagnostics: [Diagnostic], notes: Int) -> String {
    let errors = diagnostics.count { $0.severity == .error }
    let warnings = diagnostics.count - errors
    let parts = [
      errors > 0 ? count(errors, "error") : nil, warnings > 0 ? count(warnings, "warning") : nil,
    ].compactMap(\.self)
    let found = parts.isEmpty ? "no problem" : parts.joined(separator: ", ")
    return "\(found) in \(count(notes, "note"))"
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
