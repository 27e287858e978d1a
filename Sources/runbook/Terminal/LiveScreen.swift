import Runbook

/// What the live view has on the terminal, and the bytes that turn it into the next frame. The cursor rests
/// at the end of the frame's last line.
struct LiveScreen {
  private static let escape: SafeText = "\u{1B}["
  private static let begin: SafeText = "\u{1B}[?2026h"
  private static let end: SafeText = "\u{1B}[?2026l"

  private let style: Style
  private var drawn: [StyledLine] = []
  private var size: TerminalSize?
  /// The cursor is hidden and automatic wrapping is off.
  private var isHeld = false

  init(style: Style) { self.style = style }

  /// The frame is no longer where it was (the program was stopped, or something else wrote): the next one
  /// starts at the cursor.
  mutating func forget() {
    drawn = []
    size = nil
    isHeld = false
  }

  /// - Parameters:
  ///   - messages: lines that are to stay above the frame.
  /// - Returns: empty where the frame stands there already.
  mutating func draw(
    _ lines: [StyledLine], size: TerminalSize, messages: [String] = []
  ) -> SafeText {
    let isResized = self.size != nil && self.size != size
    if !isResized, messages.isEmpty, isHeld, lines == drawn { return "" }
    var text = Self.begin
    if !isHeld { text += "\(Self.escape)?25l\(Self.escape)?7l" }
    text += toTop(size)
    let isFresh = isResized || !messages.isEmpty || drawn.isEmpty
    if isFresh { text += "\(Self.escape)J" }
    if !messages.isEmpty { text += Self.above(messages) }
    text += body(lines, over: isFresh ? [] : drawn)
    text += Self.end
    drawn = lines
    self.size = size
    isHeld = true
    return text
  }

  /// Gives the terminal back.
  ///
  /// - Parameter isKept: the frame stays and the cursor goes below it; else it is taken away.
  mutating func leave(keepingFrame isKept: Bool, size: TerminalSize) -> SafeText {
    guard isHeld else { return "" }
    var text: SafeText = ""
    if !isKept {
      text += toTop(size) + "\(Self.escape)J"
    } else if !drawn.isEmpty {
      text += "\r\n"
    }
    forget()
    return text + TerminalGuard.restoring
  }

  /// A terminal that has become narrower has broken each longer line into several rows. One row too many
  /// here takes a row of what stood above; one too few leaves the frame's head there for good.
  private func toTop(_ size: TerminalSize) -> SafeText {
    var rows = drawn.count
    if style.reflows, let old = self.size, size.columns < old.columns, size.columns > 0 {
      rows = drawn.reduce(0) { $0 + TextWrap.rows(of: $1.plain, width: size.columns) }
    }
    let up = min(rows - 1, size.rows - 1)
    return up > 0 ? "\r\(Self.escape)\(up)A" : "\r"
  }

  private static func above(_ messages: [String]) -> SafeText {
    let lines = messages.map { "\(PlainText.line($0))\(escape)K\r\n" as SafeText }
    return "\(escape)?7h" + lines.joined() + "\(escape)?7l"
  }

  /// The last line is always written, so that the cursor ends up behind it and can erase what is below.
  private func body(_ lines: [StyledLine], over old: [StyledLine]) -> SafeText {
    var text: SafeText = ""
    for (index, line) in lines.enumerated() {
      if index > 0 { text += "\r\n" }
      let isLast = index == lines.count - 1
      if !isLast, index < old.count, old[index] == line { continue }
      text += line.rendered(style) + Self.escape + (isLast ? "J" : "K")
    }
    return lines.isEmpty ? "\(Self.escape)J" : text
  }
}
