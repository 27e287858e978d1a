import Foundation
import TestSupport
import Testing

@testable import Runbook
@testable import RunbookCLI

/// Every byte that a command writes to a terminal while all that it shows was written to be more than text.
@Suite(.paced) struct TerminalBytesTests {
  /// For the clipboard, the window's title, the screen, the keyboard, the order of letters.
  private static let codes = [
    "\u{1B}]52;c;c2FtcGxl\u{7}", "\u{1B}]0;title\u{7}", "\u{1B}[2J\u{1B}[H", "\u{1B}[?1049h",
    "\u{1B}P+q544e\u{1B}\\", "\u{1B}]8;;http://x\u{1B}\\l\u{1B}]8;;\u{1B}\\", "\u{1B}c", "\u{9B}2J",
    "\u{9D}0;t\u{9C}", "\u{90}q\u{9C}", "\u{7}", "\u{8}\u{8}", "\u{202E}txt\u{202C}", "z\u{200B}w",
    "t\u{E0041}g", "\u{7F}", "\u{1B}[5i", "\u{1B}_G\u{1B}\\",
  ]
  private static let hostile = codes.joined(separator: "a")
  /// As `printf` makes it, with bytes that are no UTF-8 at all.
  private static let printed =
    Array(hostile.utf8).map { "\\" + $0.digits(3, radix: 8) }.joined() + "\\2332J\\2350;t\\234\\n"

  private static var note: String {
    """
    ---
    cwd: ../app
    params:
      VALUE: none
    ---
    # Head \(hostile)

    - [ ] Prints \(hostile)
      ```bash {capture=TAKEN}
      printf 'taken %s' "$VALUE"; printf '\(printed)' >&2
      ```
    - [ ] Asks \(hostile) {confirm="Really $TAKEN?"}
      ```bash
      printf '\(printed)'; printf '\(printed)' >&2
      ```
      ```bash {rollback}
      printf '\(printed)'
      ```
    - [ ] Fails \(hostile)
      ```bash
      printf '\(printed)'; exit 3
      ```
    - [ ] Never \(hostile) {if=VALUE=never\(hostile)}

    """
  }

  // MARK: What may be sent

  /// Colours and bold, cursor and wrapping off and on, a frame's begin and end, the cursor up, erasing to the end: all
  /// that runbook itself sends.
  private static func isOurs(_ sequence: String) -> Bool {
    let fixed = ["?2026h", "?2026l", "?25h", "?25l", "?7h", "?7l", "J", "K"]
    if fixed.contains(sequence) { return true }
    let number = Int(sequence.dropLast())
    if sequence.hasSuffix("m") { return [0, 1, 2, 31, 32, 33, 34, 36].contains(number) }
    return sequence.hasSuffix("A") && (1...200).contains(number ?? 0)
  }

  /// What there is besides text and our own sequences.
  private static func strays(in bytes: [UInt8]) -> [String] {
    guard let text = String(validating: bytes, as: UTF8.self) else { return ["no UTF-8"] }
    var strays: [String] = []
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\u{1B}" else {
        let isText =
          "\r\n\t".unicodeScalars.contains(scalar)
          || SafeText(String(scalar)).description
            == String(scalar)
        if !isText { strays.append("U+\(String(scalar.value, radix: 16))") }
        continue
      }
      let end = rest.dropFirst().firstIndex { ("@"..."~").contains($0) } ?? rest.endIndex
      let sequence = String(rest[..<end]) + (end < rest.endIndex ? String(rest[end]) : "")
      guard sequence.hasPrefix("["), isOurs(String(sequence.dropFirst())) else {
        strays.append("ESC \(sequence.prefix(12))")
        continue
      }
      rest = rest[rest.index(after: end)...]
    }
    return strays
  }

  @Test(arguments: codes) func theGrammarKnowsWhatIsNotOurs(_ code: String) {
    #expect(!Self.strays(in: Array(code.utf8)).isEmpty)
    #expect(Self.strays(in: [0x9B, 0x32, 0x4A]) == ["no UTF-8"])
    #expect(Self.strays(in: Array("a\u{1B}[31mb\u{1B}[0m\r\nä\u{1B}[12A".utf8)) == [])
  }

  // MARK: Running in a terminal

  /// Runs a command in a terminal of its own, and gives all that it wrote. The bell, which is ours too, is off.
  ///
  /// - Parameter answer: what is typed when the text since the last answer is that; nil: nothing yet.
  private static func bytes(
    _ runbook: RunbookBinary, _ words: [String], cwd: String = "",
    answer: (String) -> String? = { _ in nil }
  ) async throws -> [UInt8] {
    let terminal = try TestTerminal(TerminalSize(columns: 80, rows: 24))
    let program = try StartedProgram(
      [runbook.program] + words,
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

  private static func expectText(
    _ runbook: RunbookBinary, _ words: [String], cwd: String = "", holding text: String? = nil,
    answer: (String) -> String? = { _ in nil }
  ) async throws {
    let bytes = try await Self.bytes(runbook, words, cwd: cwd, answer: answer)
    let shown = SafeText(lines: String(decoding: bytes, as: UTF8.self))
    #expect(Self.strays(in: bytes) == [], "\(words)\n\(shown)")
    #expect(!bytes.isEmpty, "\(words) says nothing")
    if let text { #expect(shown.description.contains(text), "\(words)\n\(shown)") }
  }

  /// A vault with a note of which name, titles and output are hostile, run once.
  private static func vault() throws -> (runbook: RunbookBinary, note: String) {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    let name = "n\(hostile.filter { $0 != "/" }.prefix(60)).md"
    try runbook.write(name, note)
    return (runbook, name)
  }

  private static func answer(_ screen: String) -> String? {
    if screen.contains("Really") && screen.contains("[y]") { return "y" }
    return screen.contains("What now?") && screen.contains("roll back") ? "b" : nil
  }

  @Test func aRunAndAllThatIsToldOfIt() async throws {
    let (runbook, note) = try Self.vault()
    try await Self.expectText(runbook, ["check", note])
    try await Self.expectText(runbook, ["check", "."])
    try await Self.expectText(runbook, ["plan", note, "--set", "VALUE=\(Self.hostile)"])
    try await Self.expectText(
      runbook, ["plan", note, "--json", "--set", "VALUE=\(Self.hostile)"], holding: "\\u001b")
    try await Self.expectText(
      runbook, ["exec", note, "--set", "VALUE=\(Self.hostile)"], holding: "rolled back",
      answer: Self.answer)
    try await Self.expectText(
      runbook, ["exec", note, "--set", "VALUE=\(Self.hostile)", "--yes", "--json"],
      holding: "run-ended")
    for words in [
      ["logs"], ["logs", "--raw"], ["logs", "-f"], ["runs"], ["runs", "--json"], ["stats"],
      ["stats", "--json"], ["attach"], ["rollback", "--dry-run"], ["resume"], ["cancel"],
      ["exec", note, "--dry-run"], ["exec", note, "--trusted-only"], ["reset", note],
    ] {
      try await Self.expectText(runbook, words, answer: Self.answer)
    }
  }

  /// Seen from another terminal while it waits for a person, then given up.
  @Test func aRunThatIsWaitedFor() async throws {
    let (runbook, _) = try Self.vault()
    let title = "Look \(Self.hostile)"
    try runbook.write("m.md", "---\ncwd: ../app\n---\n- [ ] \(title)\n")
    #expect(try await runbook.run("exec", "m.md").status == 75)
    try await Self.expectText(runbook, ["runs"], holding: "paused")
    try await Self.expectText(runbook, ["exec", "m.md"], holding: "is paused")
    try await Self.expectText(runbook, ["attach"])
    // Each key stands apart from the rest of its word, in a colour.
    var answers = ["d", "c\(Self.hostile)\n"]
    try await Self.expectText(
      runbook, ["resume"], answer: { $0.contains("omment") ? answers.popLast() : nil })
    try await Self.expectText(runbook, ["cancel", "--abandon"])
  }

  @Test func mistakesAndArguments() async throws {
    let (runbook, note) = try Self.vault()
    let hostile = Self.hostile
    try runbook.write(
      "bad.md",
      "---\ncwd: \(hostile)\n---\n- [ ] A {\(hostile)}\n  ```bash {x\(hostile)=1}\n  a\n  ```\n")
    try RunbookBinary.put(
      Array("- [ ] A\n".utf8) + [0x9B, 0x32, 0x4A],
      runbook.folder.appendingPathComponent("bytes.md").path)
    for words in [
      ["check", "bad.md"], ["check", "bad.md", "--json"], ["check", "bytes.md"],
      ["plan", "bad.md"],
      ["exec", "bad.md"], ["exec", note, "--set", hostile], ["exec", note, "--timeout", hostile],
      ["exec", note, "--only", hostile], ["exec", "\(note)#\(hostile)"], ["exec", hostile],
      ["check", hostile], ["plan", hostile, "--json"], [hostile], ["exec", "--\(hostile)"],
      ["logs", hostile], ["attach", hostile], ["resume", hostile], ["rollback", hostile],
      ["cancel", hostile], ["reset", hostile], ["stats", hostile], ["stats", "--write", hostile],
      ["deploy", "--vault", hostile], ["deploy", "--build-mode", hostile],
      ["new", hostile, hostile], ["new", "--from", hostile], ["merge-file", hostile, "b", "c"],
      ["merge-file", "--set-up", hostile], ["init", "--set", hostile], ["--help"],
      ["help", "exec"],
      ["--version"], ["exec", "--help"],
    ] {
      try await Self.expectText(runbook, words)
    }
  }

  @Test func notesThatAreMade() async throws {
    let (runbook, _) = try Self.vault()
    let name = String(Self.hostile.filter { $0 != "/" }.prefix(40))
    try runbook.write("Templates/t\(name).md", "---\ntemplate_for: \"\(name)\"\n---\n- [ ] A\n")
    try runbook.write("s.sh", "#!/bin/bash\n# \(Self.hostile)\necho '\(Self.hostile)'\n")
    try runbook.write(
      "plain\(name).md", "# \(Self.hostile)\n\n```bash\necho '\(Self.hostile)'\n```\n")
    for words in [
      ["new", "--list"], ["new", "--list", "--json"], ["new", "t\(name)", "made\(name).md"],
      ["new", "--from", "s.sh", "from\(name).md"], ["new", "--from", "plain\(name).md"],
      ["init", "v\(name)"], ["init", "v\(name)"], ["deploy", "--vault", "v\(name)", "--dry-run"],
      ["check", "v\(name)"],
    ] {
      try await Self.expectText(runbook, words)
    }
  }
}
