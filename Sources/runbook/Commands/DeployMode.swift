/// The kinds of deploy, each with a note of its own.
enum DeployMode: String, CaseIterable {
  case quick, fast, full, incremental

  /// The note in the vault.
  var noteName: String {
    switch self {
    case .quick: "Workflow-Quick"
    case .fast: "Workflow-Fast"
    case .full: "Workflow-Full"
    case .incremental: "Workflow-Incremental"
    }
  }
}
