import Foundation
import TestSupport
import Testing

@testable import Runbook

/// Titles, values and what blocks capture, written to be more than text: in the note that is made of them, and on the
/// terminal, they are text.
@Suite(.paced) struct HostileTextTests {
  private static let pieces = [
    "![[Embed]]", "[[Link]]", "[k:: v]", "(k:: v)", "<% tp.x %>", "<%* x %>", "%% c %%", "$$ m $$",
    "#tag", "`code`", "``` x", "| cell |", "<b onload=x>", "<!-- c", "^id", "[x](javascript:x)",
    "![x](http://x/y.png)", "==mark==", "~~gone~~", "\u{1B}[31mred\u{1B}[0m", "\u{1B}]0;t\u{07}",
    "\u{1B}]8;;http://x\u{1B}\\l\u{1B}]8;;\u{1B}\\", "\u{9B}31m", "a\u{8}b", "\u{202E}txt\u{202C}",
    "z\u{200B}w", "t\u{E0041}g", "&lt;", "\\[x\\]", "*b*", "_i_", "{{date}}", "[result:: ok]",
    "> [!bug] x", "- [ ] x", "# h", "---", "```dataviewjs", "=1+1",
  ]

  private static func text(_ random: inout TerminalRandom) -> String {
    (0..<Int.random(in: 1...4, using: &random)).map { _ in
      pieces[Int.random(in: 0..<pieces.count, using: &random)]
    }.joined(separator: " ")
  }

  @Test func theyAreText() async throws {
    let seed = TerminalRandom.seed()
    var random = TerminalRandom(state: seed)
    let isLong = ProcessInfo.processInfo.environment["RUNBOOK_TORTURE"] == "long"
    let runbook = try RunbookBinary()
    try runbook.makeVault()
    let rounds = isLong ? 1_000 : 25
    var refused = 0
    for round in 0..<rounds {
      let (title, value) = (Self.text(&random), Self.text(&random))
      let note =
        "---\ncwd: ../app\nparams:\n  VALUE: none\n---\n# Head\n\n- [ ] Go \(title)\n"
        + "  ```bash {capture=TAKEN}\n  printf %s \"$VALUE\"\n  ```\n- [ ] Fail \(title)\n"
        + "  ```bash\n  echo \"$TAKEN\" >&2; exit 1\n  ```\n"
      try runbook.write("note.md", note)
      let result = try await runbook.run(["exec", "note.md", "--set", "VALUE=\(value)"])
      // A title that is no step's is refused, before anything runs.
      guard result.status != 2 else {
        #expect(try runbook.read("note.md") == note)
        refused += 1
        continue
      }
      let place = "round \(round), seed \(seed):\n\(note)\n\(value)"
      #expect(result.status == 1, "\(place)\n\(result.stdout)\(result.stderr)")
      Self.expectPlain(result.stdout + result.stderr, place)
      let written = Array(try runbook.read("note.md").utf8)
      #expect(Note.stripping(written) == Array(note.utf8), "\(place)")
      let (before, after) = (try Note(Array(note.utf8)), try Note(written))
      #expect(before.tasks.count == after.tasks.count, "\(place)")
      #expect(before.headings.count == after.headings.count, "\(place)")
      let name = try #require(runbook.record)
      try Self.expectHarmless(try runbook.read(name), place)
      try FileManager.default.removeItem(at: runbook.folder.appendingPathComponent(name))
    }
    print("seed \(seed): \(rounds) rounds, \(refused) refused")
    #expect(refused < rounds / 2, "most would show nothing")
  }

  /// No terminal code, and nothing that is not seen.
  private static func expectPlain(_ text: String, _ place: String) {
    for scalar in text.unicodeScalars where scalar != "\n" && scalar != "\t" {
      let isHidden =
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
        || [0x200B, 0x202C, 0x202E, 0xE0041].contains(scalar.value)
      #expect(!isHidden, "U+\(String(scalar.value, radix: 16)) in \(text)\n\(place)")
    }
  }

  /// In the record nothing of it is a task, an embed, a link, a field, a comment or a tag.
  private static func expectHarmless(_ text: String, _ place: String) throws {
    let record = try Note(Array(text.utf8))
    #expect(record.tasks.isEmpty, "\(text)\n\(place)")
    expectPlain(text, place)
    #expect(!text.contains("<%"), "\(text)\n\(place)")
    var fence: Substring?
    // What properties hold is text in any case, and all that stands in them is quoted.
    let body = text.split(separator: "\n---\n", maxSplits: 1)[1]
    for line in body.split(separator: "\n", omittingEmptySubsequences: false) {
      let bare = line.drop { $0 == ">" || $0 == " " }
      let ticks = bare.prefix { $0 == "`" }
      if let open = fence {
        if ticks.count >= open.count, bare.dropFirst(ticks.count).allSatisfy({ $0 == " " }) {
          fence = nil
        }
        continue
      }
      if ticks.count >= 3, !bare.dropFirst(ticks.count).contains("`") {
        #expect(!bare.contains("dataview"), "\(line)\n\(place)")
        fence = ticks
        continue
      }
      let rest = line.replacing("[[note]]", with: "")
      for sign in ["![[", "[[", "%%", "$$", "<b", "<!--", "](", "=="] {
        #expect(!Self.unescaped(sign, in: String(rest)), "\(sign) in \(line)\n\(place)")
      }
    }
  }

  /// With no backslash in front, and not in a code span.
  private static func unescaped(_ sign: String, in line: String) -> Bool {
    let parts = line.split(separator: "`", omittingEmptySubsequences: false)
    let outside = parts.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    return outside.contains { part in
      part.ranges(of: sign).contains { range in
        range.lowerBound == part.startIndex
          || part[part.index(before: range.lowerBound)] != "\\"
      }
    }
  }
}
