import ArgumentParser
import Testing

@testable import RunbookCLI

@Suite struct TypedLineTests {
  @Test(arguments: [
    (#"a\ b"#, "a b"), (#"'a b'"#, "a b"), (#""a \" b"#, #"a " b"#), (#"'a\b'"#, #"a\b"#),
    (#"it\'s"#, "it's"), (#"a"b"'c'"#, "abc"), ("'open", "open"), ("", ""),
  ])
  func takesQuotesOff(_ typed: String, _ meant: String) {
    #expect(TypedLine.unquoted(typed) == meant)
  }

  @Test func joinsWhatBashTakesApart() {
    let line = TypedLine(
      ["runbook", "exec", "n.md", "--set", "A", "=", "b", "--set", "C", "=", "--from", "x"], at: 11)
    #expect(line.words == ["exec", "n.md", "--set", "A=b", "--set", "C=--from", "x"])
    #expect(line.current == 6)
  }

  @Test func leavesOutWhatIsAskedFor() {
    let line = TypedLine(["runbook", "exec", "--from", "b", "n.md", "--yes"], at: 3)
    #expect(line.arguments(valueOfOption: true) == ["n.md", "--yes"])
    let positional = TypedLine(["runbook", "logs", "7f3a", ""], at: 3)
    #expect(positional.arguments(valueOfOption: false) == ["7f3a"])
    #expect(TypedLine(["runbook"], at: 4).arguments(valueOfOption: true) == [])
  }

  @Test func eachShellGetsTheWordItsWay() throws {
    let word = try #require(CompletionWord("a: ü", about: "2 of\u{1B}[1m it"))
    #expect(word.line(for: .bash) == "a: ü")
    #expect(word.line(for: .zsh) == "a\\: ü:2 of it")
    #expect(word.line(for: .fish) == "a: ü\t2 of it")
  }

  @Test(arguments: [
    "", "a\nb", "a\tb", "\u{1B}]0;x\u{7}", "a\u{202E}b", "$(a)", "`a`", "$a", "a;b", "a&", "a|b",
    "a>b", "<a", "'a",
    "\"a", "a\\b", "a*", "a?", "[a]", "{a,b}", "~a", "a!", "#a",
  ])
  func offersNothingThatAShellTakesForMore(_ text: String) {
    #expect(CompletionWord(text, about: "") == nil)
  }
}
