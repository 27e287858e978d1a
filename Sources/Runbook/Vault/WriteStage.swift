/// Where a write stands.
enum WriteStage: Sendable, CaseIterable {
  /// The note was read and the new bytes are made; nothing is on disk.
  case rendered
  /// The dot-file has the new bytes.
  case staged
  /// Note and dot-file have changed places.
  case swapped
  /// What came out was not what was read, and was put back.
  case putBack
  /// The folder is synced; the dot-file has the old bytes.
  case synced
  /// The dot-file is gone.
  case settled
}
