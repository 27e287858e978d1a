import Runbook

/// The workflow notes of a vault, by their names.
struct WorkflowNotes {
  private let vault: Vault

  /// - Parameter folder: in the vault; nil for the folder that this process is in.
  init(folder: String?) throws {
    vault = try Vault(containing: folder ?? ".")
    guard vault.isInsideVault else {
      throw VaultProblem(
        "\(folder ?? "this folder") is not in a vault",
        fix: "go to the vault, name it with --vault, or make one: runbook init")
    }
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
    let full = "\(vault.root)/\(path)"
    guard let here = ProcessContext.folder, full.hasPrefix(here + "/") else { return full }
    return String(full.dropFirst(here.count + 1))
  }

  private func named(_ name: String) throws -> [String] {
    let notes = try Vault.notes(in: vault.root, withTemplates: false)
    return notes.map { String($0.dropFirst(vault.root.count + 1)) }.filter {
      $0 == "\(name).md" || $0.hasSuffix("/\(name).md")
    }
  }
}
