@testable import Runbook

extension Trust {
  /// Of the user who runs the tests, without settings.
  static let ofTests = Trust(environment: [:])
}

extension Vault {
  init(containing folder: String) throws { try self.init(containing: folder, trust: .ofTests) }

  static func locate(note path: String) throws -> (vault: Vault, note: NoteFile) {
    try locate(note: path, among: KnownVaults(trust: .ofTests))
  }
}
