/// What is in a vault.
public struct VaultListing: Sendable, Equatable {
  /// Paths from the root, sorted.
  public let notes: [String]
  /// Folders that could not be read; their notes are missing.
  public let unreadable: [SystemError]
}
