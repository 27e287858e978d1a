import Testing

@testable import Runbook

@Suite struct NoteValueTests {
  @Test func splices() throws {
    let note = try Note(Array("abcdef".utf8))
    let bytes = note.applying([
      Splice(0..<0, Array("<".utf8)), Splice(1..<2, []), Splice(4..<4, Array("1".utf8)),
      Splice(4..<4, Array("2".utf8)), Splice(6..<6, Array(">".utf8)),
    ])
    #expect(String(decoding: bytes, as: UTF8.self) == "<acd12ef>")
  }

  @Test func positionsCountCharacters() throws {
    let note = try Note(Array("\u{FEFF}é🚀x\r\n\tb".utf8))
    #expect(note.position(of: 3) == (1, 1))
    #expect(note.position(of: 5) == (1, 2))
    #expect(note.position(of: 9) == (1, 3))
    #expect(note.position(of: 13) == (2, 2))
    #expect(note.position(of: 99) == (2, 3))
  }

  @Test(arguments: [
    ("failed", "failed"), ("rolled back", "rolled back"), ("12", "\"12\""), ("true", "\"true\""),
    ("No", "\"No\""), ("a: b", "\"a: b\""), ("# x", "\"# x\""), ("", "\"\""), (" a", "\" a\""),
    ("20260821-140210-7f3a", "20260821-140210-7f3a"), ("2026-08-21", "\"2026-08-21\""),
    ("é \"q\" \\", "\"é \\\"q\\\" \\\\\""), ("a\u{7}b\u{2028}", "\"a\\x07b\\u2028\""),
    ("1e3", "\"1e3\""),
  ])
  func propertyText(value: String, text: String) { #expect(PropertyText.text(value) == text) }

  /// What any text becomes is read back as that text.
  @Test func propertyTextIsReadBack() throws {
    for value in DrawnMarks.hostile + [
      "a:", "-", "? x", "&a", "*a", "!a", "%a", "@a", "`a", "0x1F", "~",
    ] {
      let note = try Note(Array("---\na: \(PropertyText.text(value))\n---\n".utf8))
      let entry = try #require(note.frontMatter?.entries.first)
      guard case .scalar(let text, _) = entry.value else {
        Issue.record("\(value.debugDescription) is no scalar")
        continue
      }
      #expect(text == value)
      #expect(note.problems.isEmpty)
    }
  }

  @Test(arguments: [
    ("Upload dist/ · exit 23", "Upload dist/ · exit 23"), ("![[Note]] `x` **b**", "!Note x b"),
    ("<% tp %> %% $$ ==a==", "% tp % % $ =a="), ("a\nb\u{2028}c\u{1B}[31m", "a b c31m"),
    ("#tag ^id key:: v", "tag id key: v"), ("build_dist", "build_dist"),
  ])
  func titlesAreText(text: String, title: String) { #expect(MarkText.title(text) == title) }

  @Test(arguments: [
    (
      "record [[2026-08-21 140210 Quick]] · `runbook logs`",
      "record [[2026-08-21 140210 Quick]] · `runbook logs`"
    ),
    ("![[Note]] %% $$", "! [[Note]] % % $ $"), ("a\nb", "a b"),
  ])
  func bodiesKeepTheirMarkdown(text: String, body: String) { #expect(MarkText.body(text) == body) }

  @Test func mergeConflict() throws {
    let conflict = try Note(Array("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n".utf8))
    #expect(conflict.mergeConflictLine == 1)
    let open = try Note(Array("<<<<<<< HEAD\n".utf8))
    #expect(open.mergeConflictLine == nil)
  }

  @Test func refusedFrontMatterNamesWhy() throws {
    let note = try Note(Array("---\na: &x 1\nb: *x\n---\n".utf8))
    #expect(note.problems.first?.message.contains("anchor") == true)
    let alias = try Note(Array("---\na: [*x]\n---\n".utf8))
    #expect(alias.problems.first?.message.contains("alias") == true)
  }
}
