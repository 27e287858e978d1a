import Foundation

@testable import Runbook

/// Notes in a folder of `Fixtures`.
struct FixtureFolder: Sendable {
  let name: String

  /// Without `.md`, sorted.
  var notes: [String] {
    let all =
      (try? FileManager.default.contentsOfDirectory(
        atPath: Golden.folder.appendingPathComponent(name).path)) ?? []
    return all.filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
  }

  func bytes(_ note: String) throws -> [UInt8] {
    try Array(Data(contentsOf: Golden.folder.appendingPathComponent("\(name)/\(note).md")))
  }

  func plan(_ note: String) throws -> (plan: Plan, diagnostics: [Diagnostic]) {
    var request = PlanRequest(file: "\(note).md", title: note)
    request.isChecking = true
    return Planner.plan(try Note(bytes(note)), request)
  }
}
