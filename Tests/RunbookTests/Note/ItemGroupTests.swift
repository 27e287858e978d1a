import Testing

@testable import Runbook

@Suite struct ItemGroupTests {
  @Test(arguments: [
    (0.0, "0.00s"), (0.004, "0.00s"), (0.35, "0.35s"), (0.996, "1.0s"), (3.1, "3.1s"),
    (12.44, "12.4s"), (59.96, "1m 0s"), (61.4, "1m 1s"), (3_723, "1h 2m 3s"),
    (86_400, "1d 0h 0m 0s"), (-1, "0.00s"), (.infinity, "0.00s"),
  ])
  func durations(seconds: Double, text: String) {
    #expect(DurationText.render(seconds: seconds) == text)
    #expect(DurationText.isDuration(Array(text.utf8)[...]))
  }

  @Test(arguments: ["", "s", "1", "1 s", "1s 2m", "1m 2m", "1.5m", "1.s", ".5s", "1s ", "-1s"])
  func isNoDuration(text: String) { #expect(!DurationText.isDuration(Array(text.utf8)[...])) }

  @Test func rendering() {
    let at = "14:02:24"
    #expect(ItemGroup(took: 12.4, at: at).rendered == "[took:: 12.4s] · [at:: 14:02:24]")
    #expect(
      ItemGroup(result: .failed, exit: 23, took: 3.1, at: at).rendered
        == "[result:: failed] · [exit:: 23] · [took:: 3.1s] · [at:: 14:02:24]")
    #expect(ItemGroup(at: at).rendered == "[result:: done] · [at:: 14:02:24]")
    #expect(ItemGroup(took: 1, at: "2 pm").rendered == nil)
  }

  /// What is written is read back, for every word.
  @Test func everyWordIsFound() throws {
    for word in ResultWord.allCases where word != .ok {
      let group = ItemGroup(result: word, exit: 1, took: 3_723, at: "2026-08-22 00:00:01")
      let line = Array("- [ ] a \(try #require(group.rendered)) ^id".utf8)
      let found = GroupReducer.groups(in: line.indices, of: line)
      #expect(found.map(\.0) == [group])
    }
  }

  @Test(arguments: [
    ("- [x] a [took:: 1s] · [at:: 10:00:00]\n", "- [ ] a\n"),
    ("- [X] a [result:: failed] · [at:: 10:00:00] ^id\n", "- [ ] a ^id\n"),
    ("- [x] a [result:: by hand] · [at:: 10:00:00]\n", "- [x] a\n"),
    ("- [-] a [result:: failed] · [exit:: 1] · [at:: 10:00:00]\n", "- [-] a\n"),
    ("- a [took:: 1s] · [at:: 10:00:00]\n", "- a\n"),
    (
      "- [x] a [result:: ok] · [took:: 1s] [took:: 2s] · [at:: 10:00:00] · [at:: 10:00:00]",
      "- [ ] a"
    ),
    ("- [ ] a [took:: 1s] · [at:: 10:00:00]\\\n  b\n", "- [ ] a\\\n  b\n"),
    ("> - - [x] a [took:: 1s] · [at:: 10:00:00]\n", "> - - [ ] a\n"),
  ])
  func stripped(marked: String, plain: String) {
    #expect(String(decoding: Note.stripping(Array(marked.utf8)), as: UTF8.self) == plain)
  }

  /// The user's own fields, code, and text that only resembles ours.
  @Test(arguments: [
    "- [x] call [result:: no answer] · [at:: 10:00:00]\n", "- [x] a [at:: Paris]\n",
    "- [x] c [took:: 2h]\n", "- [ ] b · [at:: 10:00:00]\n",
    "- [ ] a [result:: ok] [at:: 10:00:00]\n",
    "- [ ] `[took:: 1s] · [at:: 10:00:00]`\n", "- [ ] a[took:: 1s] · [at:: 10:00:00]\n",
    "- [ ] a [took:: 1s] · [at:: 10:00:00].\n", "text [took:: 1s] · [at:: 10:00:00]\n",
    "- ```\n  - [x] a [took:: 1s] · [at:: 10:00:00]\n  ```\n",
    "- [ ] a\n  b [took:: 1s] · [at:: 10:00:00]\n",
  ])
  func isLeftAlone(text: String) {
    #expect(String(decoding: Note.stripping(Array(text.utf8)), as: UTF8.self) == text)
  }

  @Test(arguments: [
    ("Build locally ^build", "Build locally"), ("Build", "Build"), ("Build  ", "Build"),
    ("Build \\", "Build"), ("Build\\\\", "Build\\\\"), ("", ""), ("#prod", ""), ("^only", ""),
    ("Fix #42", "Fix #42"), ("Build #prod 📅 2026-01-01 ⏫ ^b", "Build"),
    ("Rotate 🔁 every week on Monday 🛫 2026-01-01", "Rotate"), ("B ⏫️ 📅️ 2026-01-01", "B"),
    ("B [due:: 2026-01-01] (priority:: high) #t ^b", "B"), ("B {timeout=3s host=\"a b\"} ^b", "B"),
    ("[[Note#Head]]", "[[Note#Head]]"), ("![[Note#^id]] ^dump", "![[Note#^id]]"),
    ("see `a #b`", "see `a #b`"), ("{\"a\":{\"b\":1}} #x", ""), ("a🚀 é", "a🚀 é"),
    ("c [x:: fine] · [at:: 10:00:00]", "c"), ("📅 2026-01-01", ""), ("am 📅 bald", "am 📅 bald"),
  ])
  func place(text: String, words: String) throws {
    let line = Array("- [ ] \(text)".utf8)
    let offset = StepTail(bytes: line, text: 5..<line.count).body.upperBound
    #expect(
      String(decoding: line[..<offset], as: UTF8.self)
        == (words.isEmpty ? "- [ ]" : "- [ ] \(words)"))
  }

  @Test(arguments: [
    ("- [x] a [took:: 1s]\n  · [at:: 10:00:00]\n", true), ("- [x] a [took:: 1s] ·\n", true),
    ("> - [x] a [took::\n>   1s] · [at:: 10:00:00] ^id\n", true),
    ("- [x] a · [at:: 10:00:00]\n", true),
    ("- [x] a [took:: 1s] · [at:: 10:00:00]\n", false), ("- [x] a [took:: 2h]\n", false),
    ("- [x] a [at:: Paris] · [b:: c]\n", false), ("- [ ] a [took:: 1s] ·\n", false),
  ])
  func torn(text: String, isTorn: Bool) throws {
    let note = try Note(Array(text.utf8))
    #expect(note.ownMarks.tornTasks == (isTorn ? [0] : []))
  }
}
