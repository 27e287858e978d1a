/// The files that say how a run reaches its hosts, as far as it needs them. They can run commands on this machine.
public struct HostFiles: Sendable {
  let sshConfig: TrustedPath?
  let inventory: TrustedPath?

  /// What Ansible takes from the inventory's folder besides.
  private static let besideInventory = ["ansible.cfg", "group_vars", "host_vars"]

  /// - Throws: where somebody else can write to one of them.
  public init(
    _ plan: Plan, note: NoteFile, environment: [String: String], trust: Trust
  ) throws(VaultProblem) {
    func path(_ text: String) -> String {
      BlockEnvironment.resolve(
        text, in: FilePath.folder(of: note.realPath), home: environment["HOME"])
    }
    let isElsewhere = plan.steps.contains { $0.blocks.contains { $0.options.runsElsewhere } }
    sshConfig =
      if let config = plan.settings.sshConfig, isElsewhere || plan.settings.lockHost != nil {
        try trust.admit(path(config), as: "ssh configuration")
      } else { nil }
    inventory =
      if let inventory = plan.settings.inventory, plan.needsFleets {
        try trust.admit(path(inventory), as: "inventory", with: Self.besideInventory)
      } else { nil }
  }
}
