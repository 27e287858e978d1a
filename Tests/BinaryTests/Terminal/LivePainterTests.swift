import TestSupport
import Testing

@testable import RunbookCLI

@Suite(.paced) struct LivePainterTests {
  private let style = Style(hasColour: true, hasMotion: true, hasUnicode: true)
  private let size = TerminalSize(columns: 60, rows: 20)

  private func frame(_ model: LiveModel, _ size: TerminalSize) -> [String] {
    LiveFrame.lines(model, width: size.columns, height: size.rows - 1, style: style).map { line in
      var text = line.plain
      while text.last == " " { text.removeLast() }
      return text
    }
  }

  private func model(_ number: Int, steps: Int = 12) -> LiveModel {
    LiveModel(
      title: "Workflow \(number)", header: "run 7f3a",
      steps: (0..<steps).map {
        StepLine(
          mark: $0 < number % steps ? .done : .pending, number: "\($0 + 1)",
          title: "漢字 step 👩‍🚀 \(number)", elapsed: Double(number))
      })
  }

  @Test func showsTheNewestModelAlsoAfterResizing() throws {
    let pty = try TestTerminal(size)
    var terminal = VirtualTerminal(size)
    let painter = try #require(LivePainter(descriptor: pty.device, style: style))
    for number in 0..<500 { painter.update(model(number)) }
    let before = frame(model(499), size)
    #expect(pty.show(on: &terminal) { $0.lines == before })
    let narrow = TerminalSize(columns: 25, rows: 20)
    terminal.resize(to: narrow)
    pty.resize(to: narrow)
    let after = frame(model(499), narrow)
    #expect(pty.show(on: &terminal) { Array($0.lines.suffix(after.count)) == after })
    painter.print(above: ["a message"])
    painter.update(model(500, steps: 3))
    let last = ["a message"] + frame(model(500, steps: 3), narrow)
    #expect(pty.show(on: &terminal) { Array($0.lines.suffix(last.count)) == last })
    #expect(painter.isWatched)
    #expect(painter.stop(within: Patience.seconds))
    #expect(pty.show(on: &terminal) { $0.showsCursor && $0.wraps })
    #expect(Array(terminal.lines.suffix(last.count)) == last)
  }

  @Test func theSpinnerAndTheClockGoOnByThemselves() throws {
    let pty = try TestTerminal(size)
    var terminal = VirtualTerminal(size)
    let painter = try #require(LivePainter(descriptor: pty.device, style: style))
    painter.update(
      LiveModel(
        title: "T", steps: [StepLine(mark: .running, number: "1", title: "s", elapsed: 5)]))
    #expect(pty.show(on: &terminal) { $0.lines.contains { $0.hasSuffix("5.0s") } })
    let first = terminal.lines
    #expect(
      pty.show(on: &terminal) { $0.lines != first && $0.lines.last?.hasSuffix("5.3s") == true })
    #expect(painter.stop(within: Patience.seconds))
  }

  @Test func pauseGivesTheTerminalAway() throws {
    let pty = try TestTerminal(size)
    var terminal = VirtualTerminal(size)
    let painter = try #require(LivePainter(descriptor: pty.device, style: style))
    painter.update(model(1))
    #expect(pty.show(on: &terminal) { $0.lines == frame(model(1), size) })
    _ = painter.pause()
    #expect(pty.show(on: &terminal) { $0.lines.isEmpty && $0.showsCursor && $0.wraps })
    painter.update(model(2))
    painter.print(above: ["said meanwhile"])
    painter.resume()
    let expected = ["said meanwhile"] + frame(model(2), size)
    #expect(pty.show(on: &terminal) { $0.lines == expected })
    #expect(painter.stop(within: Patience.seconds))
  }

  /// Nobody reads what is written, as with Ctrl-S: no call waits for that.
  @Test func aStoppedTerminalHoldsNobodyUp() throws {
    // One frame of this is more than a terminal takes that nobody reads from.
    let pty = try TestTerminal(TerminalSize(columns: 500, rows: 250))
    let painter = try #require(LivePainter(descriptor: pty.device, style: style))
    painter.update(model(1, steps: 240))
    #expect(pty.hasOutput(milliseconds: Patience.milliseconds))
    #expect(!painter.pause())
    painter.resume()
    var slowest = Duration.zero
    for number in 0..<5000 {
      let start = ContinuousClock.now
      painter.update(model(number))
      slowest = max(slowest, start.duration(to: .now))
    }
    // Far above what an update takes, far below what a blocked one would.
    #expect(slowest < .seconds(Patience.seconds))
    let start = ContinuousClock.now
    _ = painter.stop(within: 0.2)
    #expect(start.duration(to: .now) < .seconds(Patience.seconds))
  }

  @Test func aTerminalThatIsGoneIsToldOf() throws {
    let pty = try TestTerminal(size)
    let painter = try #require(LivePainter(descriptor: pty.device, style: style))
    painter.update(model(1))
    pty.hangUp()
    let end = ContinuousClock.now + .seconds(Patience.seconds)
    var number = 2
    while painter.isWatched, .now < end {
      painter.update(model(number))
      number += 1
    }
    #expect(!painter.isWatched)
    #expect(painter.stop(within: Patience.seconds))
  }

  @Test(arguments: [
    TerminalSize(columns: 1, rows: 1), .init(columns: 2, rows: 2), .init(columns: 7, rows: 1),
    .init(columns: 0, rows: 0), .init(columns: 20, rows: 3),
  ]) func anySize(size: TerminalSize) throws {
    let pty = try TestTerminal(size)
    let painter = try #require(LivePainter(descriptor: pty.device, style: style))
    let real = TerminalSize.of(pty.device)
    var terminal = VirtualTerminal(real)
    for number in 0..<20 { painter.update(model(number)) }
    let height = max(1, real.rows - 1)
    let expected = LiveFrame.lines(
      model(19), width: real.columns, height: height, style: style
    ).map(\.plain).filter { !$0.isEmpty }.last
    #expect(pty.show(on: &terminal) { expected == nil || $0.lines.last == expected })
    #expect(painter.stop(within: Patience.seconds))
  }

  @Test func nothingHappensAfterTheEnd() throws {
    let pty = try TestTerminal(size)
    let painter = try #require(LivePainter(descriptor: pty.device, style: style))
    #expect(painter.stop(within: Patience.seconds))
    #expect(painter.stop())
    painter.update(model(1))
    painter.print(above: ["x"])
    #expect(painter.pause())
    #expect(pty.output(milliseconds: 0).isEmpty)
  }
}
