import Testing

@testable import RunbookCLI

@Suite(.paced) struct LiveScreenTests {
  private func trimmed(_ lines: [StyledLine]) -> [String] {
    lines.map { line in
      var text = line.plain
      while text.last == " " { text.removeLast() }
      return text
    }
  }

  private func sameEnd(_ all: [String], _ end: [String]) -> Bool {
    var end = end
    while end.last?.isEmpty == true { end.removeLast() }
    return all.count >= end.count && Array(all.suffix(end.count)) == end
  }

  /// Frames of any shape, messages above, widths and heights that change: what the terminal shows at its end
  /// is the frame; and as long as the height stays and the terminal breaks lines anew, nothing of an earlier
  /// frame is left and no message is lost.
  @Test(arguments: [true, false]) func whatIsShownIsTheFrame(reflows: Bool) {
    let seed = TerminalRandom.seed()
    var random = TerminalRandom(state: seed)
    let style = Style(hasColour: true, hasMotion: true, hasUnicode: true, reflows: reflows)
    // So many rows that a frame broken into single columns still fits on the screen.
    for round in 0..<40 {
      var size = TerminalSize(columns: Int.random(in: 2...120, using: &random), rows: 3000)
      var terminal = VirtualTerminal(size, reflows: reflows)
      var screen = LiveScreen(style: style)
      var kept: [String] = []
      for step in 0..<12 {
        if Int.random(in: 0...3, using: &random) == 0 {
          size.columns = Int.random(in: 2...120, using: &random)
          terminal.resize(to: size)
        }
        let model = RandomModel.model(&random)
        let lines = LiveFrame.lines(
          model, width: size.columns, height: 23, style: style, tick: step)
        // Plain ones, since a wide character leaves an empty column where it wraps.
        let message = (0..<Int.random(in: 0...1, using: &random)).map { _ in "message \(step)" }
        guard !lines.isEmpty else { continue }
        terminal.feed(Array(screen.draw(lines, size: size, messages: message).utf8))
        kept += message
        let shown = terminal.lines
        let isWhole = !reflows || shown.count <= kept.count + lines.count
        guard sameEnd(shown, trimmed(lines)), isWhole, !terminal.showsCursor, !terminal.wraps,
          !reflows || Array(shown.prefix(kept.count)) == kept
        else {
          Issue.record(
            "seed \(seed), round \(round), step \(step), \(size): kept \(kept)\nshown \(shown)\nframe \(trimmed(lines))"
          )
          return
        }
      }
      terminal.feed(Array(screen.leave(keepingFrame: true, size: size).utf8))
      #expect(terminal.showsCursor && terminal.wraps)
    }
  }

  @Test func theSameFrameIsNotWrittenAgain() {
    var screen = LiveScreen(style: .plain)
    let size = TerminalSize(columns: 20, rows: 5)
    #expect(!screen.draw([StyledLine("a"), StyledLine("b")], size: size).isEmpty)
    #expect(screen.draw([StyledLine("a"), StyledLine("b")], size: size).isEmpty)
    let next = screen.draw([StyledLine("a"), StyledLine("c")], size: size)
    #expect(!next.description.contains("a") && next.description.contains("c"))
  }

  @Test func leavingTakesTheFrameAwayOrStandsBelow() {
    for isKept in [true, false] {
      var terminal = VirtualTerminal(.usual)
      var screen = LiveScreen(style: .plain)
      terminal.feed(Array("before\r\n".utf8))
      let frame = [StyledLine("a"), StyledLine("b")]
      terminal.feed(Array(screen.draw(frame, size: .usual).utf8))
      terminal.feed(Array(screen.leave(keepingFrame: isKept, size: .usual).utf8))
      #expect(screen.leave(keepingFrame: isKept, size: .usual).isEmpty)
      #expect(terminal.lines == (isKept ? ["before", "a", "b"] : ["before"]))
      #expect(terminal.cursorRow == (isKept ? 3 : 1))
    }
  }
}
