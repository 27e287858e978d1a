import Runbook

/// The workflow notes of a vault, by their names.
struct WorkflowNotes {
  private let vault: Vault

  /// - Parameter folder: in the vault; nil for the vault that is meant by where this process is.
  init(folder: String?) throws {
    let found =
      try folder.map { try Vault(containing: $0, trust: ProcessContext.trust) }
      ?? Vault.meant(in: ".", environment: ProcessContext.environment, trust: ProcessContext.trust)
    guard let found, found.isInsideVault else {
      throw VaultProblem(
        "\(folder ?? found?.root ?? "this folder") is not in a vault",
        fix: "go to the vault, name it with --vault or \(Vault.variable), or make one: runbook init"
      )
    }
    vault = found
  }

  /// The path of a kind's note.
  func path(of mode: DeployMode) throws -> String {
    let found = try named(mode.noteName)
    guard let path = found.first else {
      let others = try DeployMode.allCases.filter { try !named($0.noteName).isEmpty }
      throw VaultProblem(
        "the vault \(vault.root) has no note \(mode.noteName)",
        fix: others.isEmpty
          ? "runbook init puts the workflows there"
          : "there \(others.count == 1 ? "is" : "are") "
            + others.map(\.noteName).joined(separator: ", "))
    }
    guard found.count == 1 else {
      throw VaultProblem(
        "there are \(found.count) notes \(mode.noteName): \(found.joined(separator: ", "))",
        fix: "keep one of that name, or run the other by its path with runbook exec")
    }
    return ProcessContext.shown("\(vault.root)/\(path)")
  }

  private func named(_ name: String) throws -> [String] {
    let notes = try Vault.notes(in: vault.root, trust: vault.trust, withTemplates: false)
    return notes.map { String($0.dropFirst(vault.root.count + 1)) }.filter {
      $0 == "\(name).md" || $0.hasSuffix("/\(name).md")
    }
  }
}
