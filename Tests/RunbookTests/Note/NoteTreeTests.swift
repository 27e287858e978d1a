import Foundation
import Testing

@testable import Runbook

/// Hand-written notes and the trees that were read from them, both in `Fixtures/NoteTrees`.
@Suite struct NoteTreeTests {
  static let names: [String] = {
    let folder = Golden.folder.appendingPathComponent("NoteTrees").path
    let all = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return all.filter { $0.hasSuffix(".md") }.sorted()
  }()

  @Test(arguments: names) func tree(name: String) throws {
    let file = Golden.folder.appendingPathComponent("NoteTrees/\(name)")
    let note = try Note(Array(Data(contentsOf: file)))
    try Golden.check(Array(NoteDump.tree(note).utf8), "NoteTrees/\(name).tree")
  }

  @Test func isNotEmpty() { #expect(Self.names.count > 20) }
}
