@testable import Runbook

/// Notes of a vault on disk, and the plan of one of them.
struct EmbedVault {
  let folder: ScratchFolder

  init(_ notes: [String: String]) throws {
    folder = try ScratchFolder()
    try folder.folder(".obsidian")
    for (name, text) in notes { try folder.file("\(name).md", text) }
  }

  func read(_ name: String) throws -> (note: Note, request: PlanRequest) {
    let (vault, file) = try Vault.locate(note: folder.path("\(name).md"))
    let note = try Note(try file.read().bytes)
    var request = PlanRequest(file: file.path, title: file.title)
    request.embeds = EmbedReader.read(note, file, named: file.path, in: vault)
    return (note, request)
  }

  func plan(
    _ name: String = "Deploy", _ configure: (inout PlanRequest) -> Void = { _ in }
  ) throws -> (plan: Plan, diagnostics: [Diagnostic]) {
    var (note, request) = try read(name)
    configure(&request)
    return Planner.plan(note, request)
  }

  func errors(
    _ name: String = "Deploy", _ configure: (inout PlanRequest) -> Void = { _ in }
  ) throws -> [String] {
    try plan(name, configure).diagnostics.filter { $0.severity == .error }.map(\.message)
  }

  /// A step with a block.
  static func step(_ title: String, _ attributes: String = "", code: String = "true") -> String {
    "- [ ] \(title)\n  ```bash \(attributes)\n  \(code)\n  ```\n"
  }
}
