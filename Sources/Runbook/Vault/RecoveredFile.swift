/// What a recovery did with a dot-file that a killed writer had left.
public enum RecoveredFile: Sendable, Equatable {
  /// It held bytes that the writer had read or made, and is deleted.
  case deleted(String)
  /// Somebody had saved it just before the writer died, or still has it open; it is the note again, without what the
  /// writer had put in.
  case putBack(String)
  /// It held somebody's bytes, and is a conflict copy now.
  case kept(String, copy: String)
}
