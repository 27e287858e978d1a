import Synchronization

/// The names of a vault's notes, listed at the first link that needs them.
final class VaultIndexCache: Sendable {
  private let index = Mutex<VaultIndex?>(nil)

  func value(_ make: () throws -> VaultIndex) rethrows -> VaultIndex {
    if let known = index.withLock({ $0 }) { return known }
    let made = try make()
    index.withLock { $0 = made }
    return made
  }
}
