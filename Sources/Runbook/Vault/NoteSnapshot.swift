/// A note's bytes, read once, and which file they were in.
public struct NoteSnapshot: Sendable, Equatable {
  public let bytes: [UInt8]
  public let identity: FileIdentity
}
