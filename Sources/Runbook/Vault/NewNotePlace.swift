#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where a note is to be made, by the path that a person typed.
public struct NewNotePlace: Sendable {
  public let vault: Vault
  /// From the vault's root.
  public let path: String
  /// As it was typed, with `.md`.
  public let shown: String

  public var title: String { NoteName.title(of: FilePath.name(of: path)) }

  /// Absolute.
  public var fullPath: String { FilePath.join(vault.root, path) }

  /// - Throws: `VaultProblem` for a name that no link can have, or that is taken.
  public init(_ typed: String, trust: Trust) throws {
    let shown = NoteName.isNote(FilePath.name(of: typed)) ? typed : typed + ".md"
    let title = NoteName.title(of: FilePath.name(of: shown))
    guard !title.isEmpty, NoteName.cleaned(title) == title, !title.hasPrefix(".") else {
      throw VaultProblem(
        "“\(title)” is no name that notes can be linked by",
        fix: "name it \(NoteName.cleaned(title)).md")
    }
    // Folders that are still to be made are not there to be asked which vault they are in.
    var folder = FilePath.folder(of: shown)
    var missing = [FilePath.name(of: shown)]
    while !folder.isEmpty, access(folder, F_OK) != 0 {
      missing.insert(FilePath.name(of: folder), at: 0)
      folder = FilePath.folder(of: folder)
    }
    let real = try FilePath.real(folder.isEmpty ? "." : folder)
    vault = try Vault(containing: real, trust: trust)
    let inside = real == vault.root ? "" : FilePath.relative(real, to: vault.root) ?? ""
    path = missing.reduce(inside) { FilePath.join($0, $1) }
    self.shown = shown
    var status = stat()
    guard lstat(fullPath, &status) != 0 else {
      throw VaultProblem(
        "\(shown) is there already, and nothing is overwritten", fix: "name another note")
    }
  }

  /// Writes the note.
  /// - Throws: `VaultProblem` where somebody made one of that name meanwhile.
  public func write(_ bytes: [UInt8]) throws {
    do {
      _ = try vault.create(path, bytes)
    } catch let error as SystemError where error.code == EEXIST {
      throw VaultProblem(
        "\(shown) is there already, and nothing is overwritten", fix: "name another note")
    }
  }

  /// Writes notes that belong together: all, or none.
  /// - Throws: `VaultProblem` where somebody made one of these names meanwhile.
  public static func write(_ notes: [(place: NewNotePlace, bytes: [UInt8])]) throws {
    var written: [NewNotePlace] = []
    do {
      for (place, bytes) in notes {
        try place.write(bytes)
        written.append(place)
      }
    } catch {
      for place in written.reversed() {
        try NoteFolder(path: place.folder).remove(FilePath.name(of: place.path))
      }
      throw error
    }
  }

  /// Another note in the same folder.
  /// - Throws: as `init`.
  public func sibling(named title: String) throws -> NewNotePlace {
    try NewNotePlace(FilePath.join(FilePath.folder(of: shown), title + ".md"), trust: vault.trust)
  }

  /// The folder that the note will be in, absolute.
  public var folder: String { FilePath.folder(of: fullPath) }
}
