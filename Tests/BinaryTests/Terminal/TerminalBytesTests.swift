import Foundation
import TestSupport
import Testing

@testable import Runbook
@testable import RunbookCLI

/// Every byte that a command writes to a terminal while all that it shows was written to be more than text.
@Suite(.paced) struct TerminalBytesTests {
  private static let hostile = TerminalCodes.together
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

  @Test(arguments: TerminalCodes.bytes) func theGrammarKnowsWhatIsNotOurs(_ code: [UInt8]) {
    #expect(!TerminalText.strays(in: [0x61] + code + [0x62]).isEmpty)
    #expect(
      TerminalText.strays(in: Array("a\u{1B}[31mb\u{1B}[0m\r\nä\u{1B}[12A 👩‍💻 1️⃣ می‌خ".utf8)) == [])
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
    try await TerminalBytes.expectText(runbook, ["check", note])
    try await TerminalBytes.expectText(runbook, ["check", "."])
    try await TerminalBytes.expectText(runbook, ["plan", note, "--set", "VALUE=\(Self.hostile)"])
    try await TerminalBytes.expectText(
      runbook, ["plan", note, "--json", "--set", "VALUE=\(Self.hostile)"], holding: "\\u001b")
    try await TerminalBytes.expectText(
      runbook, ["exec", note, "--set", "VALUE=\(Self.hostile)"], holding: "rolled back",
      answer: Self.answer)
    try await TerminalBytes.expectText(
      runbook, ["exec", note, "--set", "VALUE=\(Self.hostile)", "--yes", "--json"],
      holding: "run-ended")
    for words in [
      ["logs"], ["logs", "--raw"], ["logs", "-f"], ["runs"], ["runs", "--json"], ["stats"],
      ["stats", "--json"], ["attach"], ["rollback", "--dry-run"], ["resume"], ["cancel"],
      ["exec", note, "--dry-run"], ["exec", note, "--trusted-only"], ["reset", note],
    ] {
      try await TerminalBytes.expectText(runbook, words, answer: Self.answer)
    }
  }

  /// Seen from another terminal while it waits for a person, then given up.
  @Test func aRunThatIsWaitedFor() async throws {
    let (runbook, _) = try Self.vault()
    let title = "Look \(Self.hostile)"
    try runbook.write("m.md", "---\ncwd: ../app\n---\n- [ ] \(title)\n")
    #expect(try await runbook.run("exec", "m.md").status == 75)
    try await TerminalBytes.expectText(runbook, ["runs"], holding: "paused")
    try await TerminalBytes.expectText(runbook, ["exec", "m.md"], holding: "is paused")
    try await TerminalBytes.expectText(runbook, ["attach"])
    // Each key stands apart from the rest of its word, in a colour.
    var answers = ["d", "c\(Self.hostile)\n"]
    try await TerminalBytes.expectText(
      runbook, ["resume"], answer: { $0.contains("omment") ? answers.popLast() : nil })
    try await TerminalBytes.expectText(runbook, ["cancel", "--abandon"])
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
      try await TerminalBytes.expectText(runbook, words)
    }
  }

  /// What the parser says of them, and what the command does: the values of a few options, flags and operands of any
  /// command; all with `RUNBOOK_TORTURE=long`.
  @Test func argumentsOfEveryCommand() async throws {
    let (runbook, note) = try Self.vault()
    var draw = CodeDraw("TerminalBytesTests.argumentsOfEveryCommand")
    let lines = try await CommandInfo.read(runbook).commands.flatMap { command -> [[String]] in
      let operands = command.operands.map { _ in note }
      return command.options.flatMap { option -> [[String]] in
        option.spellings.suffix(1).map { name in
          let value = draw.word()
          return [command.commandName]
            + (option.kind == "option" ? [name, value] : ["\(name)=\(value)"]) + operands
        }
      } + operands.indices.map { _ in [command.commandName, draw.word()] }
        + [[command.commandName] + operands + [draw.word()]]
    }
    #expect(lines.count > 60)
    for words in LongForm.isWanted ? lines : (0..<8).map({ _ in draw.pick(lines) }) {
      try await TerminalBytes.expectText(runbook, words)
    }
  }

  /// A line end in an argument begins no line of ours, and bytes that are no text stay away.
  @Test func anArgumentStaysOnItsLine() async throws {
    let (runbook, note) = try Self.vault()
    for words in [
      ["x\n  fix: a"], ["exec", "--x\n  fix: a"], ["exec", note, "x\n  fix: a"],
      ["exec", "--timeout=x\n  fix: a", note], ["exec", note, "--on-timeout", "x\n  fix: a"],
      ["check", "x\n  fix: a"], ["logs", "x\n  fix: a"], ["exec", note, "--set", "x\n  fix: a"],
    ] {
      let text = String(decoding: try await TerminalBytes.of(runbook, words), as: UTF8.self)
      #expect(!text.contains("\n  fix: a"), "\(words): \(SafeText(lines: text))")
    }
    for words in ["$x", "exec --$x", "exec $x.md", "exec '\(note)' --only $x"] {
      try await TerminalBytes.expectText(
        runbook, ["-c", "x=$(printf 'a\\2332J\\377\\302z'); exec '\(runbook.program)' \(words)"],
        program: "/bin/sh")
    }
  }

  /// Some notes of `Mistakes` with codes in text and name; all with `RUNBOOK_TORTURE=long`.
  @Test func mistakesWithCodes() async throws {
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    var draw = CodeDraw("TerminalBytesTests.mistakesWithCodes")
    let folder = URL(fileURLWithPath: #filePath)
      .appendingPathComponent("../../../RunbookTests/Fixtures/Mistakes").standardizedFileURL
    let notes = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".md") }.sorted()
    let drawn = LongForm.isWanted ? notes : (0..<12).map { _ in draw.pick(notes) }
    var names: [String] = []
    for (number, note) in drawn.enumerated() {
      let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(note)))
      names.append("\(number)\(draw.word()).md")
      let path = runbook.folder.appendingPathComponent(names[number]).path
      try RunbookBinary.put(draw.note(draw.note(bytes)), path)
    }
    try await TerminalBytes.expectText(runbook, ["check"] + names)
    try await TerminalBytes.expectText(runbook, ["check", "--json"] + names)
    for name in LongForm.isWanted ? names : Array(names.prefix(2)) {
      for words in [["plan"], ["plan", "--json"], ["exec", "--dry-run"]] {
        try await TerminalBytes.expectText(runbook, words + [name])
      }
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
      try await TerminalBytes.expectText(runbook, words)
    }
  }
}
