import Foundation
import TestSupport
import Testing

@testable import Runbook

/// Every mistake's note with terminal codes in it, in its name too: what is said of it is text, and its JSON reads as
/// what was said. Two places of each note; every place of each with `RUNBOOK_TORTURE=long`.
@Suite struct MistakeTextTests {
  @Test func whatIsSaidIsText() throws {
    var draw = CodeDraw("MistakeTextTests")
    var told = 0
    for note in MistakeTests.folder.notes {
      let bytes = try MistakeTests.folder.bytes(note)
      let places = CodeDraw.places(in: bytes)
      for place in LongForm.isWanted ? places : (0..<2).map({ _ in draw.pick(places) }) {
        let code = draw.pick(TerminalCodes.bytes)
        let file = "\(note)\(draw.word()).md"
        let diagnostics = try Self.diagnostics(
          note, CodeDraw.note(bytes, code, at: place), named: file)
        told += diagnostics.count
        try Self.expectText(diagnostics, "\(note) with \(code) at \(place), seed \(draw.seed)")
      }
    }
    #expect(told > MistakeTests.folder.notes.count)
  }

  private static func diagnostics(
    _ note: String, _ bytes: [UInt8], named file: String
  ) throws -> [Diagnostic] {
    do {
      return try MistakeTests.folder.plan(note, bytes, named: file).diagnostics
    } catch let problem as NoteProblem {
      return [Diagnostic(problem, file: file, bytes: bytes)]
    }
  }

  private static func expectText(_ diagnostics: [Diagnostic], _ place: String) throws {
    let text = diagnostics.map(\.text).joined(separator: "\n")
    #expect(TerminalText.strays(in: Array(text.utf8)) == [], "\(place)\n\(text)")
    let json = SafeText(json: try JSONText.encode(diagnostics))
    #expect(TerminalText.strays(in: Array(json.utf8)) == [], "\(place)\n\(json)")
    struct Told: Decodable { let message: String }
    let read = JSONText.decode([Told].self, Array(json.utf8))?.map(\.message)
    #expect(read == diagnostics.map(\.message), "\(place)")
  }
}
