import Testing

@testable import RunbookCLI

@Suite(.paced) struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("ｆ", 2), ("ﾊ", 1), ("한", 2),
    ("\u{1112}\u{1161}\u{11AB}", 2), ("👍", 2), ("👍🏽", 2), ("👩‍🚀", 2), ("👨‍👩‍👧‍👦", 2), ("🇫🇷", 2),
    ("❤", 1), ("❤️", 2), ("1️⃣", 2), ("✓✗▸○–↩…│", 8), ("\u{200B}", 0), ("\u{AD}", 0), ("\u{7}", 0),
    ("नमस्ते", 4), ("\u{3000}", 2), ("⌚", 2), ("𠀀", 2), ("a\u{300}\u{301}\u{302}b", 2),
  ]) func columns(text: String, expected: Int) {
    #expect(DisplayWidth.of(text) == expected)
  }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("漢字漢字", 6, "漢字…"), ("漢字漢字", 5, "漢字…"),
    ("漢字", 2, "…"), ("ab", 1, "…"), ("ab", 0, ""), ("👩‍🚀👩‍🚀", 3, "👩‍🚀…"), ("", 0, ""),
  ]) func cutsToAWidth(text: String, width: Int, expected: String) {
    #expect(DisplayWidth.cut(text, to: width) == expected)
  }

  @Test func padsAndExpands() {
    #expect(DisplayWidth.pad("漢", to: 4) == "漢  ")
    #expect(DisplayWidth.pad("漢", to: 4, alignment: .right) == "  漢")
    #expect(DisplayWidth.pad("long", to: 2) == "long")
    #expect(DisplayWidth.expandTabs("a\tb\t漢\tc") == "a       b       漢      c")
  }
}
