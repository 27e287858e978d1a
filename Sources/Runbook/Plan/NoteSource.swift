/// Which note something stands in.
public struct NoteSource: Sendable, Hashable, Codable {
  /// The note's name without `.md`.
  public let title: String
  /// From the vault's root.
  public let path: String
  /// As people are told of the file.
  public let file: String

  public init(title: String, path: String, file: String) {
    self.title = title
    self.path = path
    self.file = file
  }
}
