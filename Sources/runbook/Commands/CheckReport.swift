import Runbook

/// How diagnostics are told.
enum CheckReport {
  /// Tells them and gives the status to end with.
  static func refuse(_ diagnostics: [Diagnostic], asJSON: Bool) -> ExitStatus {
    if asJSON, let text = try? JSONText.encode(diagnostics) {
      Output.print(text)
    } else {
      for diagnostic in diagnostics { Output.complain(diagnostic.text) }
    }
    return .usage
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
