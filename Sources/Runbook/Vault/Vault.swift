#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A folder of notes.
public struct Vault: Sendable {
  /// Absolute, links followed: the nearest folder above the note that has `.obsidian` or `.runbook.yml`, else the
  /// note's own.
  public let root: String
  /// An `.obsidian` folder stands at the root or above it.
  public let isInsideVault: Bool

  let cache = VaultIndexCache()

  /// - Parameter folder: any folder in the vault, or its root.
  public init(containing folder: String) throws(SystemError) {
    let real = try FilePath.real(folder.isEmpty ? "." : folder)
    root = Self.markedFolder(above: real) ?? real
    isInsideVault = Self.ancestors(of: root).contains { Self.exists("\($0)/.obsidian") }
  }

  /// A vault that may not be marked as one yet.
  init(root: String) {
    self.root = root
    isInsideVault = true
  }

  /// The path from the root to a note, `Deploys/Quick.md`; the note's name where it lies outside.
  public func relativePath(of note: NoteFile) -> String {
    FilePath.relative(note.path, to: root) ?? FilePath.relative(note.realPath, to: root)
      ?? FilePath.name(of: note.path)
  }

  /// Whether a note lies in it, or only a link to one.
  public func holds(_ note: NoteFile) -> Bool {
    FilePath.relative(note.realPath, to: root) != nil
  }

  static func markedFolder(above folder: String) -> String? {
    ancestors(of: folder).first(where: isMarked)
  }

  static func isMarked(_ folder: String) -> Bool {
    exists("\(folder)/.obsidian") || exists("\(folder)/.runbook.yml")
  }

  static func obsidianFolder(above folder: String) -> String? {
    ancestors(of: folder).first { exists("\($0)/.obsidian") }
  }

  /// The folder itself first, `/` last (as an empty string, to be joined).
  static func ancestors(of folder: String) -> [String] {
    var folders: [String] = []
    var current = folder == "/" ? "" : folder
    while true {
      folders.append(current)
      guard let slash = current.utf8.lastIndex(of: UInt8(ascii: "/")) else { return folders }
      current = String(current[..<slash])
    }
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
