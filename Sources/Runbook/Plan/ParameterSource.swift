/// Where a parameter's value is from; the first that has one wins.
public enum ParameterSource: String, Sendable, Codable {
  case commandLine = "--set"
  case environment
  case note
  /// Asked for in the terminal.
  case asked
  case missing
}
