/// The kinds of deploy, each with a note of its own.
enum DeployMode: String, CaseIterable {
  case quick, fast, full, incremental

  /// Where it builds: what `--build-mode` may say of it though its note leaves no choice, and what names the kind where
  /// nothing else does.
  var place: String { self == .quick ? "local" : "server" }

  /// The kind that a place to build in means by itself.
  static func usual(buildingIn place: String?) -> DeployMode {
    place == fast.place ? .fast : .quick
  }

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
