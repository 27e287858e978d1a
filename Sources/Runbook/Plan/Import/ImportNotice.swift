/// What a person should look at in a note that was made from something else.
public struct ImportNotice: Sendable, Equatable {
  /// In the file that it was made from, from 1.
  public let line: Int
  public let message: String
}
