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

  /// Rows of a page's text on a screen with so many for all.
  static func pageRows(height: Int) -> Int { max(1, height - 2) }

  private func lines() -> [StyledLine] {
    if let page = model.page {
      return pageLines(page).map { $0.cut(to: width, ellipsis: style.ellipsis) }
    }
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
    guard let menu = model.menu, rows > 0, width > 0 else { return [] }
    let question = questionLines(menu.question)
    if let draft = menu.draft {
      let lines = draftLines(draft)
      return Array((question.prefix(max(0, rows - lines.count)) + lines).prefix(rows))
    }
    let list = question + choiceList(menu)
    // The step's last lines stay to be seen.
    if menu.choices.contains(where: { $0.effect != nil }), list.count <= rows - min(8, rows / 3) {
      return list
    }
    let lines = flow(
      (menu.choices + menu.aids).map(piece) + [countdown(menu, isShort: true)].compactMap(\.self))
    let room = max(0, rows - lines.count)
    return Array((question.prefix(room) + lines).prefix(rows))
  }

  /// A line for each choice, with what follows from it.
  private func choiceList(_ menu: Menu) -> [StyledLine] {
    let aids = flow(menu.aids.map(piece))
    return menu.choices.flatMap(choiceLines) + aids
      + [countdown(menu, isShort: false)].compactMap(\.self)
  }

  /// Words that don't fit go on below, indented.
  private func choiceLines(_ choice: Menu.Choice) -> [StyledLine] {
    var line = piece(choice)
    var lines: [StyledLine] = []
    for (index, word) in PlainText.line(choice.effect ?? "").split(separator: " ").enumerated() {
      if index == 0 { line.append(":") }
      if line.width + 1 + DisplayWidth.of(word) > width {
        lines.append(line)
        line = StyledLine("   ")
      }
      line.append(" \(word)", .dim)
    }
    return lines + [line]
  }

  private func draftLines(_ draft: String) -> [StyledLine] {
    let room = max(1, width - 10)
    var shown = PlainText.line(draft)
    while DisplayWidth.of(shown) > room { shown.removeFirst() }
    var line = StyledLine("comment: ", .yellow)
    line.append(shown + (style.hasUnicode ? "▏" : "_"))
    return [line, StyledLine("[Enter] keep it  [Esc] drop it", .dim)]
  }

  /// One behind the other, as many as fit on a line.
  private func flow(_ pieces: [StyledLine]) -> [StyledLine] {
    var last = StyledLine()
    var lines: [StyledLine] = []
    for piece in pieces {
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
    return lines
  }

  private func piece(_ choice: Menu.Choice) -> StyledLine {
    let key = String(choice.key).lowercased()
    let label = PlainText.line(choice.label)
    var piece = StyledLine("[\(PlainText.line(key))]", .yellow)
    piece.append(label.lowercased().hasPrefix(key) ? String(label.dropFirst()) : " " + label)
    return piece
  }

  private func countdown(_ menu: Menu, isShort: Bool) -> StyledLine? {
    menu.countdown.map(PlainText.line)
      .map { StyledLine(isShort ? "(\($0))" : "in \($0)", .dim) }
  }

  // MARK: A page

  private func pageLines(_ page: Page) -> [StyledLine] {
    guard height > 2, width > 0 else { return [] }
    let rows = Self.pageRows(height: height)
    var lines: [StyledLine] = []
    var next = page.top
    while next < page.lines.count, lines.count < rows {
      let text = PlainText.line(DisplayWidth.expandTabs(page.lines[next]))
      lines += TextWrap.pieces(text, width: width).map { StyledLine($0) }
      next += 1
    }
    lines = Array(lines.prefix(rows))
    lines += [StyledLine](repeating: StyledLine(), count: rows - lines.count)
    let place = "\(min(page.top + 1, page.lines.count))–\(next) of \(page.lines.count)"
    let keys = [
      place, "space, b, arrows: move", "q: back", model.menu?.countdown.map { "in \($0)" },
    ]
    let foot = keys.compactMap(\.self).joined(separator: style.separator)
    return [line(page.title, .bold)] + lines + [line(foot, .dim)]
  }

  /// Cut at spaces where there are some: a question has to be read whole.
  private func questionLines(_ question: String) -> [StyledLine] {
    guard width > 0 else { return [] }
    return TextWrap.lines(PlainText.line(question), width: width).map { StyledLine($0, .bold) }
  }
}
