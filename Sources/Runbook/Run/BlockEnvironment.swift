/// The environment and the folder that a block runs with.
struct BlockEnvironment {
  let base: [String: String]
  let plan: Plan
  let header: RunHeader
  let vault: String
  /// Parameters, secrets, captured values.
  let values: [String: String]
  let home: String?
  /// How a block of this machine calls ssh.
  let ssh: String
  /// The path of the inventory, for a block of this machine that calls Ansible.
  let inventory: String?

  func variables(for step: Step, _ state: RunState) -> [String: String] {
    var result = base.merging(values) { _, own in own }
    // A value that is captured later is empty until then, whatever the login environment holds.
    for name in captureNames where values[name] == nil { result[name] = "" }
    result["RUNBOOK"] = "1"
    result["RUNBOOK_RUN"] = header.made.text
    result["RUNBOOK_STEP"] = step.title
    result["RUNBOOK_NOTE"] = header.note
    result["RUNBOOK_VAULT"] = vault
    result["RUNBOOK_SSH"] = ssh
    result["RUNBOOK_INVENTORY"] = inventory
    // There in any case: a block that asks for them must not stop for that.
    result["RUNBOOK_STATUS"] = ""
    result["RUNBOOK_FAILED_STEP"] = ""
    if let failure = state.failure {
      result["RUNBOOK_STATUS"] = failure.exit.map(String.init) ?? failure.kind.rawValue
      result["RUNBOOK_FAILED_STEP"] = failure.step.flatMap { plan.step($0)?.title } ?? ""
    }
    return result
  }

  /// The variables that a block on a host gets: those of the run, none of this machine's login.
  var names: [String] {
    let own = ["", "_RUN", "_STEP", "_NOTE", "_VAULT", "_STATUS", "_FAILED_STEP"]
    return Set(plan.parameters.map(\.name) + captureNames + Array(values.keys)).sorted()
      + own.map { "RUNBOOK\($0)" }
  }

  /// The block's folder on a host, as its shell is to take it: `~` is that of the login there.
  func remoteFolder(for block: Block, step: Step, _ state: RunState) -> String? {
    let variables = variables(for: step, state)
    return block.options.cwd.map { $0.expanded { variables[$0] } }
  }

  private var captureNames: [String] {
    plan.captureNames
  }

  /// Absolute: the block's `cwd` relative to the run's folder, `~` and `$NAME` expanded.
  func folder(for block: Block, step: Step, _ state: RunState) -> String {
    guard let template = block.options.cwd else { return header.folder }
    let variables = variables(for: step, state)
    return Self.resolve(
      template.expanded { variables[$0] }, in: header.folder, home: home)
  }

  static func resolve(_ path: String, in folder: String, home: String?) -> String {
    if path.hasPrefix("/") { return path }
    if let home, path == "~" || path.hasPrefix("~/") { return home + path.dropFirst() }
    return path.isEmpty ? folder : "\(folder)/\(path)"
  }
}
