import Testing

@testable import RunbookCLI

@Suite(.paced) struct LiveFrameTests {
  private let style = Style(hasColour: false, hasMotion: true, hasUnicode: true)

  private var model: LiveModel {
    LiveModel(
      title: "Workflow Quick", header: "run 7f3a · deadline 10m",
      steps: [
        StepLine(mark: .done, number: "1", title: "Build locally", elapsed: 12.4),
        StepLine(mark: .running, number: "2", title: "検証する 👩‍🚀 the build", elapsed: 63),
        StepLine(depth: 1, mark: .done, number: "2.1", title: "Types e\u{301}", elapsed: 2),
        StepLine(
          depth: 1, mark: .running, number: "2.2", title: "Lint", elapsed: 61,
          detail: "attempt 2 of 3"),
        StepLine(mark: .pending, number: "3", title: "Upload dist/"),
        StepLine(mark: .pending, number: "4", title: "Restart the service"),
      ],
      tail: ["src/app.js\tok", "漢字のファイル.js  12 problems"], footer: "Ctrl-C stops and rolls back",
      menu: Menu(
        question: "“Lint” is over its 60 s. What now?",
        choices: [
          .init(key: "b", label: "background"), .init(key: "w", label: "wait longer"),
          .init(key: "x", label: "cancel"),
        ], secondsLeft: 41.2))
  }

  private func text(_ model: LiveModel, _ width: Int, _ height: Int) -> String {
    LiveFrame.lines(model, width: width, height: height, style: style).map(\.plain)
      .joined(separator: "\n")
  }

  @Test func eighty() { #expect(text(model, 80, 24) == LiveFrameGoldens.eighty) }
  @Test func oneHundredAndTwenty() {
    #expect(text(model, 120, 24) == LiveFrameGoldens.oneHundredAndTwenty)
  }
  @Test func forty() { #expect(text(model, 40, 24) == LiveFrameGoldens.forty) }
  @Test func twenty() { #expect(text(model, 20, 24) == LiveFrameGoldens.twenty) }
  @Test func fiveRows() { #expect(text(model, 40, 5) == LiveFrameGoldens.fiveRows) }

  @Test func manyStepsAreFolded() {
    var many = LiveModel(title: "Many")
    many.steps = (1...40).map { number in
      StepLine(
        mark: number < 20 ? (number == 7 ? .failed : .done) : number == 20 ? .running : .pending,
        number: "\(number)", title: "step", elapsed: number == 20 ? 3 : nil)
    }
    #expect(text(many, 30, 9) == LiveFrameGoldens.folded)
  }

  @Test func asciiHasNoOther() {
    let plain = Style(hasColour: false, hasMotion: true, hasUnicode: false)
    var model = model
    model.header = "run 7f3a"
    model.steps = model.steps.map {
      StepLine(depth: $0.depth, mark: $0.mark, number: $0.number, title: "a long title for this")
    }
    model.tail = ["tail"]
    model.menu = nil
    for width in 1...80 {
      for line in LiveFrame.lines(model, width: width, height: 7, style: plain, tick: 1) {
        #expect(line.plain.utf8.allSatisfy { $0 < 0x80 })
      }
    }
  }

  @Test func coloursDoNotChangeTheText() {
    let colours = Style(hasColour: true, hasMotion: true, hasUnicode: true)
    let lines = LiveFrame.lines(model, width: 80, height: 24, style: colours)
    #expect(lines.contains { $0.rendered(colours).description.contains("\u{1B}[32m✓\u{1B}[0m") })
    #expect(lines.map(\.plain).joined(separator: "\n") == LiveFrameGoldens.eighty)
  }

  @Test func fitsWhateverItIs() {
    let seed = TerminalRandom.seed()
    var random = TerminalRandom(state: seed)
    for width in 1...200 {
      for _ in 0..<5 {
        let model = RandomModel.model(&random)
        let height = Int.random(in: 1...40, using: &random)
        let lines = LiveFrame.lines(
          model, width: width, height: height, style: style,
          tick: Int.random(in: 0...99, using: &random))
        guard lines.count <= height,
          lines.allSatisfy({ DisplayWidth.of($0.plain) <= width - 1 }),
          lines.allSatisfy({ $0.plain.unicodeScalars.allSatisfy { $0.value >= 0x20 } }),
          showsFocus(model, lines, width: width, height: height)
        else {
          Issue.record("seed \(seed), width \(width), height \(height):\n\(model)\n\(lines)")
          return
        }
      }
    }
  }

  private func showsFocus(
    _ model: LiveModel, _ lines: [StyledLine], width: Int, height: Int
  ) -> Bool {
    guard let focus = LiveFrame.focus(of: model.steps), width >= 60, height > 1 || model.menu == nil
    else { return true }
    let number = " \(model.steps[focus].number)"
    return lines.contains { $0.spans.contains { $0.text == number } }
  }
}
