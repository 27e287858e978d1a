/// What a recovery did with a dot-file that a killed writer had left.
public enum RecoveredFile: Sendable, Equatable {
  /// It held bytes that the writer had read or made, and is deleted.
  case deleted(String)
  /// It held what somebody had saved just before the writer died; that is the note again.
  case putBack(String)
  /// It held somebody's bytes, and is a conflict copy now.
  case kept(String, copy: String)
}
