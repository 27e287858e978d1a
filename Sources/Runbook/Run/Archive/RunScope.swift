/// Whose runs a command means where no run is named.
public enum RunScope: Sendable, Equatable {
  /// Those of a note, by its real path.
  case note(String)
  /// Those of a vault, by its root.
  case vault(String)
  /// Those of the notes in a folder and below it that are in no vault, and those of the vault that belongs to it.
  case folder(String, vault: String?)
  case everywhere

  func contains(_ run: RunOrigin) -> Bool {
    switch self {
    case .note(let path): return run.note == path
    case .vault(let root): return run.root == root
    case .folder(let folder, let vault):
      let root = run.root
      if root == vault { return true }
      guard root == folder || FilePath.relative(root, to: folder) != nil else { return false }
      return Vault.markedFolder(above: root) == nil
    case .everywhere: return true
    }
  }

  /// All of its runs belong together, so that the latest of them is meant.
  public var isOnePlace: Bool {
    switch self {
    case .note, .vault: true
    case .folder, .everywhere: false
    }
  }
}
