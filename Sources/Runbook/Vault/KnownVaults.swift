import Synchronization

/// The vaults that were found so far. Who looks at many notes asks here: a vault's notes are listed once then, and not
/// once a note.
public final class KnownVaults: Sendable {
  private struct Found {
    var byFolder: [String: Vault] = [:]
    var byRoot: [String: Vault] = [:]
  }

  private let found = Mutex(Found())

  /// Whose files are believed in all of them.
  let trust: Trust

  public init(trust: Trust) { self.trust = trust }

  func vault(of note: NoteFile, _ find: () throws -> Vault) rethrows -> Vault {
    let folders = "\(FilePath.folder(of: note.path))\0\(note.realFolder)"
    if let known = found.withLock({ $0.byFolder[folders] }) { return known }
    let vault = try find()
    return found.withLock { found in
      let shared = found.byRoot[vault.root] ?? vault
      found.byRoot[vault.root] = shared
      found.byFolder[folders] = shared
      return shared
    }
  }
}
