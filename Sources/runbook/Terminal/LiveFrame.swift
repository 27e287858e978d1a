import Runbook

/// The live view as lines: at most `height` of them, none wider than one column less than the terminal,
/// whose last column some terminals wrap at.
///
/// Where there is little room, what matters most stays: the running step, the question, the title, the
/// steps around the running one, its output, the header, the footer.
struct LiveFrame {
  private let model: LiveModel
  private let width: Int
  private let height: Int
  private let style: Style
  private let tick: Int?

  /// - Parameters:
  ///   - width: columns of the terminal.
  ///   - height: rows that may be used.
  ///   - tick: the frame of the spinner; nil for a still picture.
  static func lines(
    _ model: LiveModel, width: Int, height: Int, style: Style, tick: Int? = nil
  ) -> [StyledLine] {
    let frame = LiveFrame(
      model: model, width: max(0, width - 1), height: max(0, height), style: style, tick: tick)
    return frame.lines()
  }

  private func lines() -> [StyledLine] {
    let focus = Self.focus(of: model.steps)
    let question = menuLines(upTo: focus == nil ? height : max(1, height - 1))
    var left = height - question.count
    var top: [StyledLine] = []
    var bottom: [StyledLine] = []
    if left >= 3, !model.title.isEmpty { top.append(line(model.title, .bold)) }
    if left >= 6, !model.header.isEmpty { top.append(line(model.header, .dim)) }
    if left >= 8, let footer = model.footer { bottom.append(line(footer, .dim)) }
    left -= top.count + bottom.count
    let tailRows =
      focus == nil ? 0 : min(model.tail.count, left - min(model.steps.count, (left + 1) / 2))
    let steps = stepLines(rows: left - max(0, tailRows), focus: focus, tailRows: max(0, tailRows))
    return (top + steps + question + bottom).map { $0.cut(to: width, ellipsis: style.ellipsis) }
  }

  /// The step that has to be seen: the last one that runs or waits, since a parent runs with its child.
  static func focus(of steps: [StepLine]) -> Int? {
    steps.lastIndex { $0.mark.isActive }
  }

  /// Titles and output come from outside; and a frame that a stray escape sequence moves is no frame.
  private func line(_ text: String, _ ink: Ink) -> StyledLine {
    StyledLine(PlainText.line(DisplayWidth.expandTabs(text)), ink)
  }

  // MARK: Steps

  private func stepLines(rows: Int, focus: Int?, tailRows: Int) -> [StyledLine] {
    guard rows > 0 else { return [] }
    let window = self.window(rows: rows, focus: focus)
    var lines: [StyledLine] = []
    for index in window.shown {
      lines.append(stepLine(model.steps[index]))
      if index == focus { lines += tailLines(tailRows) }
    }
    if let above = window.above { lines.insert(fold(above, "above"), at: 0) }
    if let below = window.below { lines.append(fold(below, "below")) }
    return lines
  }

  private struct Window {
    var above: Range<Int>?
    var shown: Range<Int>
    var below: Range<Int>?
  }

  /// Which steps fit, and which are folded. A fold takes the row of a step, so it never stands for one
  /// alone.
  private func window(rows: Int, focus: Int?) -> Window {
    let count = model.steps.count
    guard count > rows else { return Window(shown: 0..<count) }
    let centre = focus ?? model.steps.firstIndex { $0.mark == .pending } ?? count - 1
    let start = min(max(0, centre - max(0, rows * 2 / 3 - 1)), count - rows)
    var window = Window(shown: start..<start + rows)
    if start > 0, centre > start {
      window.above = 0..<start + 1
      window.shown = start + 1..<window.shown.upperBound
    }
    if start + rows < count, centre < start + rows - 1 {
      window.below = start + rows - 1..<count
      window.shown = window.shown.lowerBound..<start + rows - 1
    }
    return window
  }

  private func fold(_ range: Range<Int>, _ side: String) -> StyledLine {
    let steps = model.steps[range]
    let settled = steps.count { $0.mark.isSettled }
    let pending = steps.count { $0.mark == .pending }
    let failed = steps.count { $0.mark == .failed || $0.mark == .timedOut }
    var text = "\(style.ellipsis) \(steps.count)"
    if settled == steps.count { text += " done" }
    if pending == steps.count { text += " to do" }
    text += " \(side)"
    var line = StyledLine(text, .dim)
    if failed > 0 { line.append(", \(failed) failed", .red) }
    return line
  }

  private func stepLine(_ step: StepLine) -> StyledLine {
    var elapsed = step.elapsed.map(Elapsed.text) ?? ""
    if step.isSlow, let usual = step.usual { elapsed += ", usually \(UsualTimes.text(usual))" }
    let left = stepText(step)
    // Below this there is room for the title or for the time.
    guard !elapsed.isEmpty, width >= 20 else { return left }
    let room = width - DisplayWidth.of(elapsed) - 2
    var line = left.cut(to: room, ellipsis: style.ellipsis)
    line.append(String(repeating: " ", count: width - DisplayWidth.of(elapsed) - line.width))
    line.append(elapsed, step.mark == .running ? .cyan : .dim)
    return line
  }

  private func stepText(_ step: StepLine) -> StyledLine {
    var line = StyledLine(String(repeating: " ", count: min(2 * max(0, step.depth), width / 4)))
    line.append(step.mark.text(style, tick: tick), step.mark.ink)
    if !step.number.isEmpty { line.append(" " + PlainText.line(step.number), .dim) }
    line.append(" ")
    line.append(
      self.line(step.title, step.mark == .running ? .bold : step.mark.isDim ? .dim : .plain))
    if let detail = step.detail, !detail.isEmpty {
      line.append(style.separator, .dim)
      line.append(self.line(detail, step.mark.ink))
    }
    return line
  }

  private func tailLines(_ rows: Int) -> [StyledLine] {
    let bar = width < 20 ? "" : style.hasUnicode ? "    │ " : "    | "
    return model.tail.suffix(rows).map { text in
      var line = StyledLine(bar, .dim)
      line.append(self.line(text, .dim))
      return line
    }
  }

  // MARK: The question

  private func menuLines(upTo rows: Int) -> [StyledLine] {
    guard let menu = model.menu, rows > 0 else { return [] }
    var last = StyledLine()
    var lines: [StyledLine] = []
    for piece in choices(of: menu) {
      let gap = last.spans.isEmpty ? 0 : 2
      if gap > 0, last.width + gap + piece.width > width {
        lines.append(last)
        last = piece
      } else {
        last.append(String(repeating: " ", count: gap))
        last.append(piece)
      }
    }
    if !last.spans.isEmpty { lines.append(last) }
    let room = max(0, rows - lines.count)
    return Array((questionLines(menu.question).prefix(room) + lines).prefix(rows))
  }

  private func choices(of menu: Menu) -> [StyledLine] {
    var pieces = menu.choices.map { choice -> StyledLine in
      let key = String(choice.key).lowercased()
      let label = PlainText.line(choice.label)
      var piece = StyledLine("[\(PlainText.line(key))]", .yellow)
      piece.append(label.lowercased().hasPrefix(key) ? String(label.dropFirst()) : " " + label)
      return piece
    }
    if let seconds = menu.secondsLeft {
      pieces.append(StyledLine("(\(Int(max(0, min(seconds, 1e6)).rounded(.up))) s)", .dim))
    }
    return pieces
  }

  /// Cut at spaces where there are some: a question has to be read whole.
  private func questionLines(_ question: String) -> [StyledLine] {
    guard width > 0 else { return [] }
    return TextWrap.lines(PlainText.line(question), width: width).map { StyledLine($0, .bold) }
  }
}
