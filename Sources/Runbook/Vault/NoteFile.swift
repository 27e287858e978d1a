#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A note on disk, known by its real path.
public struct NoteFile: Sendable, Hashable {
  /// Absolute; the folder's links are followed, the note's own is not: where the vault shows it.
  public let path: String
  /// Absolute; every link is followed: what is read and written.
  public let realPath: String

  /// - Throws: `ENOENT` and the like, of `realpath`.
  public init(path: String) throws(SystemError) {
    let folder = FilePath.folder(of: path)
    let name = FilePath.name(of: path)
    self.path = FilePath.join(try FilePath.real(folder.isEmpty ? "." : folder), name)
    realPath = try FilePath.real(path)
  }

  /// A note that is about to be made.
  public init(newAt path: String) {
    self.path = path
    realPath = path
  }

  /// The name without its folder and without `.md`: what Obsidian shows.
  public var title: String { NoteName.title(of: FilePath.name(of: path)) }

  /// The folder of the file itself.
  public var realFolder: String { FilePath.folder(of: realPath) }
  var realName: String { FilePath.name(of: realPath) }

  /// To be asked who may read and write it.
  func openForAccess() throws(SystemError) -> OpenFile {
    try NoteFolder(path: realFolder).openRegular(realName)
  }

  /// Reads the note once. Neither blocks (a named pipe is an error) nor reads more than `Note.sizeLimit`.
  public func read() throws -> NoteSnapshot {
    let folder = try NoteFolder(path: realFolder)
    return try QuietRead.read(realName, in: folder).snapshot
  }
}
