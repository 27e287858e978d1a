/// A file that is no note, read whole.
public enum PlainFile {
  /// The folder that a file is in, absolute, links followed.
  public static func folder(of path: String) throws(SystemError) -> String {
    FilePath.folder(of: try FilePath.real(path))
  }

  /// - Throws: `VaultProblem` where it can't be read; at most as large as a note may be.
  public static func read(_ path: String) throws -> [UInt8] {
    do {
      let real = try FilePath.real(path)
      let folder = try NoteFolder(path: FilePath.folder(of: real))
      return try QuietRead.read(FilePath.name(of: real), in: folder).snapshot.bytes
    } catch let error as SystemError {
      throw VaultProblem(SystemError("read", path: path, code: error.code).description)
    }
  }
}
