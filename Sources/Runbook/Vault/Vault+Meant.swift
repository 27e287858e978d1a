extension Vault {
  /// The variable that names a vault; blocks get it too.
  public static let variable = "RUNBOOK_VAULT"

  /// The vault that is meant by where somebody stands, and names none: the one that the folder is in; else the one that
  /// `RUNBOOK_VAULT` names, or the folder `vault` here, or above within the repository. Nil: there is none.
  /// - Throws: `VaultProblem` where the variable names no folder, or another vault than the repository has.
  public static func meant(in folder: String, environment: [String: String], trust: Trust)
    throws -> Vault?
  {
    let here = try FilePath.real(folder)
    if markedFolder(above: here) != nil { return try Vault(containing: here, trust: trust) }
    let nearby = try beside(here, trust)
    guard let named = environment[variable], !named.isEmpty else { return nearby }
    guard (try? FilePath.real(named)) != nil else {
      throw VaultProblem(
        "\(variable) is \(named), and there is no such folder",
        fix: "correct it, or unset it: unset \(variable)")
    }
    let vault = try Vault(containing: named, trust: trust)
    guard let nearby, nearby.root != vault.root else { return vault }
    throw VaultProblem(
      "two vaults may be meant: \(nearby.root), of this repository, and \(vault.root), "
        + "by \(variable)",
      fix: "go into the one, or unset \(variable)")
  }

  /// What a repository has in its folder `vault`.
  private static func beside(_ folder: String, _ trust: Trust) throws -> Vault? {
    let above = ancestors(of: folder)
    let end = above.firstIndex { exists("\($0)/.git") } ?? 0
    for candidate in above[...end].map({ "\($0)/vault" }) where isMarked(candidate) {
      return try Vault(containing: candidate, trust: trust)
    }
    return nil
  }

  /// Whether a folder, by its real path, lies in the vault.
  public func contains(_ folder: String) -> Bool {
    folder == root || FilePath.relative(folder, to: root) != nil
  }
}
