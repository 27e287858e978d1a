/// A note made from a script or from a note without boxes.
public struct ImportedNote: Sendable {
  public let bytes: [UInt8]
  public let notices: [ImportNotice]
}
