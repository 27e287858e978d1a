public enum DiagnosticSeverity: String, Sendable, Codable {
  /// Nothing runs.
  case error
  /// It runs, but probably not as meant.
  case warning
}
