import Foundation
import TestSupport
import Testing

@testable import Runbook
@testable import RunbookCLI

/// All that a command writes to a terminal of its own.
enum TerminalBytes {
  /// The bell, which is ours too, is off.
  ///
  /// - Parameters:
  ///   - words: the program's arguments; a whole command line where `program` is another.
  ///   - answer: what is typed when the text since the last answer is that; nil: nothing yet.
  static func of(
    _ runbook: RunbookBinary, _ words: [String], program: String? = nil, cwd: String = "",
    answer: (String) -> String? = { _ in nil }
  ) async throws -> [UInt8] {
    let terminal = try TestTerminal(TerminalSize(columns: 80, rows: 24))
    let program = try StartedProgram(
      [program ?? runbook.program] + words,
      environment: runbook.environment.merging(["TERM": "xterm-256color", "RUNBOOK_BELL": "none"]) {
        $1
      },
      folder: runbook.folder.appendingPathComponent(cwd).path, terminal: terminal.device)
    var bytes: [UInt8] = []
    var asked: [UInt8] = []
    func read() {
      let news = terminal.output(milliseconds: 0)
      bytes += news
      asked += news
      if let key = answer(String(decoding: asked, as: UTF8.self)) {
        asked = []
        terminal.type(key)
      }
    }
    let hasEnded = try await eventually(within: 120) {
      read()
      return program.hasEnded
    }
    let text = String(decoding: bytes, as: UTF8.self)
    try #require(hasEnded, "\(words) goes on after\n\(SafeText(lines: text))")
    while terminal.hasOutput(milliseconds: 0) { read() }
    return bytes
  }

  static func expectText(
    _ runbook: RunbookBinary, _ words: [String], program: String? = nil, cwd: String = "",
    holding text: String? = nil, answer: (String) -> String? = { _ in nil },
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let bytes = try await of(runbook, words, program: program, cwd: cwd, answer: answer)
    let shown = SafeText(lines: String(decoding: bytes, as: UTF8.self))
    #expect(
      TerminalText.strays(in: bytes) == [], "\(words)\n\(shown)", sourceLocation: sourceLocation)
    #expect(!bytes.isEmpty, "\(words) says nothing", sourceLocation: sourceLocation)
    if let text {
      #expect(
        shown.description.contains(text), "\(words)\n\(shown)", sourceLocation: sourceLocation)
    }
  }
}
