/// A file that the program carries.
public struct BuiltInFile: Sendable {
  /// As in the project: `templates/Quick.md`, `vault/Home.md`.
  public let path: String
  public let text: String
}
