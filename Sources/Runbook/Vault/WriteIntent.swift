/// What is about to happen to a note, told before it does, so that a recovery knows every file it may find.
public struct WriteIntent: Sendable, Equatable, Codable {
  /// The dot-file beside the note. Holds the new bytes before the swap and the old ones after it.
  public let temporaryName: String
  /// The note's file name in its real folder.
  public let noteName: String
  /// `ContentDigest.sha256` of the bytes that were read.
  public let hashOfOld: String
  /// `ContentDigest.sha256` of the bytes that are to stand in the note.
  public let hashOfNew: String

  public init(temporaryName: String, noteName: String, hashOfOld: String, hashOfNew: String) {
    self.temporaryName = temporaryName
    self.noteName = noteName
    self.hashOfOld = hashOfOld
    self.hashOfNew = hashOfNew
  }
}
