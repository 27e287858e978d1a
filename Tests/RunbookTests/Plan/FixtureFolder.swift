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

  func bytes(_ note: String, _ ending: String = "md") throws -> [UInt8] {
    try Array(Data(contentsOf: URL(fileURLWithPath: "\(path)/\(note).\(ending)")))
  }

  func has(_ note: String, _ ending: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(path)/\(note).\(ending)")
  }

  func plan(_ note: String) throws -> (plan: Plan, diagnostics: [Diagnostic]) {
    try plan(note, bytes(note))
  }

  /// As if the note said that, and had another name.
  func plan(
    _ note: String, _ bytes: [UInt8], named file: String? = nil
  ) throws -> (plan: Plan, diagnostics: [Diagnostic]) {
    let parsed = try Note(bytes)
    let (vault, place) = try Vault.locate(note: "\(path)/\(note).md")
    var request = PlanRequest(file: file ?? "\(note).md", title: note)
    request.isChecking = true
    request.embeds = EmbedReader.read(parsed, place, named: place.path, in: vault)
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
      source: diagnostic.source, fix: diagnostic.fix, edit: diagnostic.edit)
  }
}
