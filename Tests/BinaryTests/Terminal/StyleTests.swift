import Testing

@testable import RunbookCLI

@Suite(.paced) struct StyleTests {
  private let usual = ["TERM": "xterm-256color", "LANG": "en_GB.UTF-8"]

  private func style(_ more: [String: String], isTerminal: Bool = true) -> Style {
    Style(
      environment: usual.merging(more) { $1 }, isTerminal: isTerminal)
  }

  @Test func aTerminalGetsAllOfIt() {
    #expect(style([:]) == Style(hasColour: true, hasMotion: true, hasUnicode: true))
  }

  @Test func elsewhereNothingMovesOrIsColoured() {
    #expect(!style([:], isTerminal: false).hasColour)
    #expect(!style([:], isTerminal: false).hasMotion)
    #expect(!style(["TERM": "dumb"]).hasMotion)
    #expect(!style(["TERM": ""]).hasColour)
    #expect(!style(["CI": "true"]).hasMotion)
    #expect(style(["CI": "false"]).hasMotion)
    #expect(style(["CI": ""]).hasColour)
  }

  @Test func noColorTakesColourOnly() {
    #expect(!style(["NO_COLOR": "1"]).hasColour)
    #expect(style(["NO_COLOR": "1"]).hasMotion)
    #expect(style(["NO_COLOR": ""]).hasColour)
  }

  @Test func theLocaleDecidesOnUnicode() {
    #expect(!style(["LC_ALL": "C"]).hasUnicode)
    #expect(style(["LC_ALL": "", "LC_CTYPE": "C.utf8"]).hasUnicode)
    #expect(!style(["LANG": ""]).hasUnicode)
  }

  @Test func marksAreOneColumnAndDistinct() {
    for hasUnicode in [true, false] {
      let style = Style(hasColour: false, hasMotion: true, hasUnicode: hasUnicode)
      let texts = Mark.allCases.map { $0.text(style) }
      #expect(Set(texts).count == texts.count)
      #expect(texts.allSatisfy { DisplayWidth.of($0) == 1 })
      for tick in -3...25 { #expect(DisplayWidth.of(Mark.running.text(style, tick: tick)) == 1) }
    }
    let ascii = Style(hasColour: false, hasMotion: true, hasUnicode: false)
    #expect(Mark.allCases.allSatisfy { $0.text(ascii).utf8.count == 1 })
  }

  @Test(arguments: [
    (0, "0.0s"), (0.49, "0.4s"), (12.4, "12.4s"), (59.99, "59.9s"), (60, "1m 00s"),
    (3599, "59m 59s"),
    (3720, "1h 02m"), (-1, ""), (.infinity, ""), (.nan, ""),
  ]) func elapsed(seconds: Double, expected: String) {
    #expect(Elapsed.text(seconds) == expected)
  }
}
