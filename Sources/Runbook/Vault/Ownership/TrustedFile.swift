#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What stood in a file that nobody else can write to. All text of a vault that decides what runs comes through here:
/// who reads it wants this type, and only `Trust` makes one.
public struct TrustedFile: Sendable, Equatable {
  /// As people are told of it.
  public let path: String
  public let bytes: [UInt8]

  fileprivate init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// What this program itself carries, or is about to write.
  init(own bytes: [UInt8], path: String) { self.init(path: path, bytes: bytes) }
}

extension Vault {
  /// Reads a file of the vault that decides what runs.
  /// - Parameter path: from the root.
  /// - Throws: as `Trust.read`.
  public func read(_ path: String) throws -> TrustedFile {
    try trust.read(FilePath.join(root, path), inside: root)
  }
}

extension Trust {
  /// Reads a file once. Neither blocks (a named pipe or a device is an error) nor reads more than a note may have.
  ///
  ///     let file = try trust.read("/srv/vault/.runbook.yml", inside: "/srv/vault")
  ///
  /// - Parameters:
  ///   - root: of the vault, as a real path. A link that leads out of it is an error; nil: links are followed.
  ///   - shown: as people are told of it; the path if nil.
  ///   - fix: what to do where it is refused; nil: trust the vault, or the file's folder.
  /// - Throws: `VaultProblem`; `SystemError`, `ENOENT` where there is none.
  public func read(
    _ path: String, inside root: String? = nil, shown: String? = nil, fix: String? = nil
  ) throws -> TrustedFile {
    let shown = shown ?? path
    let real = try judge(path, as: shown, in: root, fix: fix)
    if let root, FilePath.relative(real, to: root) == nil {
      throw VaultProblem(
        "\(shown) is a link that leads out of the vault", fix: "put the file itself there")
    }
    let folder = try NoteFolder(path: FilePath.folder(of: real))
    let read = try QuietRead.read(FilePath.name(of: real), in: folder)
    // Of the very file that was read, whatever stood there a moment ago.
    if !isTrusted(real) {
      let step = PathWalk.Step(path: real, status: try read.file.status())
      if let fault = fault(of: step.status, real) {
        throw problem(
          fault, of: step, shown, fix ?? Self.fix(root ?? FilePath.folder(of: real)))
      }
    }
    return TrustedFile(path: shown, bytes: read.snapshot.bytes)
  }
}
