import Foundation

@testable import Runbook

/// Notes in a folder of `Fixtures`. What they embed is in folders below it.
struct FixtureFolder: Sendable {
  let name: String

  /// Without `.md`, sorted.
  var notes: [String] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return all.filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
  }

  private var path: String { Golden.folder.appendingPathComponent(name).path }

  func bytes(_ note: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(fileURLWithPath: "\(path)/\(note).md")))
  }

  func plan(_ note: String) throws -> (plan: Plan, diagnostics: [Diagnostic]) {
    let parsed = try Note(bytes(note))
    let (vault, file) = try Vault.locate(note: "\(path)/\(note).md")
    var request = PlanRequest(file: "\(note).md", title: note)
    request.isChecking = true
    request.embeds = EmbedReader.read(parsed, file, named: file.path, in: vault)
    let (plan, diagnostics) = Planner.plan(parsed, request)
    return (plan, diagnostics.map { withoutPlace($0, vault.root) })
  }

  /// The folder is another on every machine.
  private func withoutPlace(_ diagnostic: Diagnostic, _ root: String) -> Diagnostic {
    func shown(_ text: String) -> String {
      text.replacing(root + "/", with: "").replacing(root, with: "/vault")
    }
    return Diagnostic(
      diagnostic.severity, shown(diagnostic.message), file: shown(diagnostic.file),
      line: diagnostic.line, column: diagnostic.column, length: diagnostic.length,
      source: diagnostic.source, fix: diagnostic.fix)
  }
}
