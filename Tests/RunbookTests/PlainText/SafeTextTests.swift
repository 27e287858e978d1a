import Foundation
import TestSupport
import Testing

@testable import Runbook

/// What may be sent to a terminal: our own literals, and what was cleaned.
@Suite struct SafeTextTests {
  @Test(arguments: [
    ("plain", "plain"), ("a\u{202E}b", "a‹U+202E›b"), ("a\u{200B}", "a‹U+200B›"),
    ("\u{1B}[31mred", "‹U+001B›[31mred"), ("tab\there", "tab\there"), ("é漢😀", "é漢😀"),
    ("x\u{E0041}", "x‹U+E0041›"), ("a\nb\r", "a‹U+000A›b‹U+000D›"), ("\u{9B}2J", "‹U+009B›2J"),
    ("\u{7F}\u{7}", "‹U+007F›‹U+0007›"), ("", ""), ("a\u{200D}b", "a‹U+200D›b"),
    ("👩‍💻 1️⃣ ☺︎ می‌خ", "👩‍💻 1️⃣ ☺︎ می‌خ"), ("a\u{FE0F}", "a‹U+FE0F›"), ("\u{FFA0}", "‹U+FFA0›"),
  ]) func whatActsIsShown(_ text: String, _ expected: String) {
    #expect(SafeText(text).description == expected)
    #expect(("[\(text)]" as SafeText).description == "[\(expected)]")
    #expect(SafeText(SafeText(text).description) == SafeText(text), "once is enough")
  }

  @Test func literalsAreOurs() {
    let bold: SafeText = "\u{1B}[1m\("x\u{1B}[2J")\u{1B}[0m\n"
    #expect(bold.description == "\u{1B}[1mx‹U+001B›[2J\u{1B}[0m\n")
    #expect(("\(bold)" as SafeText) == bold, "what is safe is not cleaned again")
    #expect(("\(12) \(true) \(["a\n"].first ?? "")" as SafeText).description == "12 true a‹U+000A›")
    struct Odd: Error, CustomStringConvertible { let description = "odd\u{7}" }
    let error: any Error = Odd()
    #expect(("\(error)" as SafeText).description == "odd‹U+0007›")
    #expect((["a", "b"] as [SafeText]).joined(separator: "\n").description == "a\nb")
  }

  @Test func linesStayLines() {
    #expect(SafeText(lines: "a\n\u{1B}b\r\n").description == "a\n‹U+001B›b‹U+000D›\n")
  }

  @Test func whatFollowsABeginning() {
    #expect(("ab" as SafeText).dropping("a") == "b")
    #expect(("ab" as SafeText).dropping("b") == nil)
    // A mark that joins what is printed already is printed behind it.
    #expect(("e\u{301}x" as SafeText).dropping("e")?.description == "\u{301}x")
  }

  /// Every character there is, alone and between others.
  @Test func noneActs() throws {
    var all = String.UnicodeScalarView()
    for value in UInt32(0)...0x10FFFF { Unicode.Scalar(value).map { all.append($0) } }
    let text = String(all)
    for safe in [SafeText(text), SafeText(lines: text), "\(text)"] {
      #expect(TerminalText.strays(in: Array(safe.utf8)) == [])
    }
    #expect(!SafeText(text).description.unicodeScalars.contains("\n"))
  }

  /// JSON reads the same, and holds nothing that a terminal obeys.
  @Test func jsonReadsTheSame() throws {
    let value = ["a\u{1B}]0;t\u{7}\u{9B}2J\u{202E}\u{E0041}\u{7F}\n\tü😀"]
    let text = SafeText(json: try JSONText.encode(value))
    #expect(JSONText.decode([String].self, Array(text.utf8)) == value)
    #expect(TerminalText.strays(in: Array(text.utf8)) == [], "\(text)")
  }
}
