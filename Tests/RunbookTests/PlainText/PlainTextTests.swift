import Testing

@testable import Runbook

@Suite struct PlainTextTests {
  private func lines(_ text: String) -> [String] { PlainText.lines(of: Array(text.utf8)) }

  @Test(arguments: [
    ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\n\nb", ["a", "", "b"]), ("\n", [""]),
    ("a\r\nb\r\n", ["a", "b"]), ("a\tb", ["a\tb"]), ("a\u{85}b", ["a", "b"]),
    ("a\u{0C}b", ["a", "b"]),
  ]) func splitsLines(text: String, expected: [String]) {
    #expect(lines(text) == expected)
  }

  @Test(arguments: [
    ("\u{1B}[31mred\u{1B}[0m", "red"), ("\u{1B}[38;2;1;2;3mx", "x"), ("\u{9B}1mx", "x"),
    ("\u{1B}]0;title\u{07}x", "x"), ("\u{1B}]8;;http://a\u{1B}\\link\u{1B}]8;;\u{1B}\\", "link"),
    ("\u{9D}0;t\u{9C}x", "x"), ("\u{1B}Pq#0\u{1B}\\x", "x"), ("\u{90}q\u{9C}x", "x"),
    ("\u{1B}_apc\u{1B}\\x", "x"), ("\u{1B}^pm\u{1B}\\x", "x"), ("\u{1B}Xsos\u{1B}\\x", "x"),
    ("\u{1B}(Bx", "x"), ("\u{1B}#8x", "x"), ("\u{1B}cx", "x"), ("\u{1B}=\u{1B}7x", "x"),
    ("\u{1B}\u{1B}[1mx", "x"), ("\u{1B}[1\u{18}x", "x"), ("\u{1B}[?2004hx", "x"),
    ("\u{1B}éx", "éx"), ("\u{1B}[éx", "éx"), ("a\u{0}\u{7}\u{7F}\u{0E}b", "ab"), ("a\u{81}b", "ab"),
    ("\u{1B}]a\tb\u{07}x", "x"),
  ]) func removesSequences(text: String, expected: String) {
    #expect(lines(text) == [expected])
  }

  @Test func anUnfinishedStringHidesNoMoreThanItsLine() {
    #expect(lines("a\u{1B}]0;t\nb\u{1B}[1\nc\u{1B}") == ["a", "b", "c"])
  }

  @Test(arguments: [
    ("10%\r20%\r100%", "100%"), ("100%\r9%", "9%0%"), ("100%\r\u{1B}[K9%", "9%"),
    ("abc\u{1B}[2K\rde", "de"), ("abc\u{1B}[1Gx\u{1B}[0K", "x"), ("abc\r   \rok", "ok"),
    ("ab\u{8}c", "ac"), ("\u{8}a", "a"), ("a\u{1B}[3Cb", "a   b"), ("abc\u{1B}[2Dx", "axc"),
    ("é\re\u{301}x", "e\u{301}x"), ("ae\u{301}\rb", "be\u{301}"), ("a\r", "a"),
    ("x\u{1B}[999Cy", "x" + String(repeating: " ", count: 255) + "y"),
  ]) func showsWhatATerminalWouldShow(text: String, expected: String) {
    #expect(lines(text) == [expected])
  }

  @Test(arguments: [
    ("a\u{202E}b\u{2066}c\u{200F}", "abc"), ("a\u{200B}\u{FEFF}\u{AD}b", "ab"),
    ("👩\u{200D}👩", "👩\u{200D}👩"), ("❤\u{FE0F}", "❤\u{FE0F}"), ("a\u{2028}b", "a b"),
    ("a\u{E0041}\u{E0101}b", "ab"), ("a\u{A0}b", "a\u{A0}b"),
    ("<% x %>", "< % x %>"), ("<\u{200B}%", "< %"), ("<\u{1B}[0m%", "< %"), ("<%<%", "< %< %"),
    ("x%\r<", "< %"), ("< %", "< %"), ("\u{E0B0}", "\u{E0B0}"),
  ]) func removesWhatCannotBeSeen(text: String, expected: String) {
    #expect(lines(text) == [expected])
  }

  @Test func noncharactersAreReplaced() {
    #expect(PlainText.lines(of: [0xEF, 0xB7, 0x90]) == ["\u{FFFD}"])
  }

  @Test func aLineOfATitle() {
    #expect(PlainText.line("plain title") == "plain title")
    #expect(PlainText.line("a\n\tb\u{1B}[1m") == "a  b")
    #expect(PlainText.line("\u{1B}[1m") == "")
  }

  @Test(
    arguments: [
      [0xFF], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [0xE2, 0x41],
      [0xF0, 0x9F, 0x98], [0xF0, 0x9F, 0xE2, 0x82, 0xAC], [0x80, 0x41],
    ] as [[UInt8]]) func illFormedLikeString(bytes: [UInt8])
  {
    #expect(PlainText.lines(of: bytes) == [String(decoding: bytes, as: UTF8.self)])
  }

  @Test func cutsALineAtItsLimit() {
    var stream = PlainTextStream(lineLimit: 8)
    #expect(stream.feed(Array("123456789\n12345678\n".utf8)) == ["12345678…", "12345678"])
    #expect(stream.feed(Array("1234567é\nab\r123456789\n".utf8)) == ["1234567…", "12345678…"])
    let long = [UInt8](repeating: 0x61, count: 10_000_000)
    #expect(PlainText.lines(of: long).first?.utf8.count == PlainText.lineLimit + 3)
  }

  @Test func partialIsTheLineSoFar() {
    var stream = PlainTextStream()
    #expect(stream.feed(Array("one\ntw".utf8)) == ["one"])
    #expect(stream.partial == "tw")
    #expect(stream.feed(Array("o\n".utf8)) == ["two"])
    #expect(stream.partial == "")
    #expect(stream.finish() == nil)
  }
}
