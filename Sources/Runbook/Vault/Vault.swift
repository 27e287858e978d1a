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

  /// Whose files are believed here.
  public let trust: Trust

  let cache = VaultIndexCache()

  /// - Parameter folder: any folder in the vault, or its root.
  /// - Throws: `VaultProblem` where others can write to what makes it a vault; `SystemError`.
  public init(containing folder: String, trust: Trust) throws {
    let real = try FilePath.real(folder.isEmpty ? "." : folder)
    let marked = Self.markedFolder(above: real)
    root = marked ?? real
    isInsideVault = Self.ancestors(of: root).contains { Self.exists("\($0)/.obsidian") }
    self.trust = trust
    if marked != nil { try refuseOthers(from: real) }
  }

  /// A vault that may not be marked as one yet.
  init(root: String, trust: Trust) {
    self.root = root
    self.trust = trust
    isInsideVault = true
  }

  /// A folder that somebody else made a vault decides nothing about what lies below it.
  private func refuseOthers(from folder: String) throws {
    var status = stat()
    // In a folder for all, anybody can put a vault above the notes of others.
    let isShared =
      stat(root, &status) == 0 && status.st_mode & (S_ISVTX | S_IWOTH) == S_ISVTX | S_IWOTH
    let fix =
      isShared && folder != root ? "make a vault of your own: mkdir \(folder)/.obsidian" : nil
    try trust.judge(root, as: "the vault \(root)", in: root, fix: fix)
    for marker in Self.markers {
      let path = FilePath.join(root, marker)
      guard Self.exists(path) else { continue }
      try trust.judge(path, as: "the vault \(root)", in: root, fix: fix)
    }
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

  private static let markers = [".obsidian", ".runbook.yml"]

  static func isMarked(_ folder: String) -> Bool {
    markers.contains { exists("\(folder)/\($0)") }
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
