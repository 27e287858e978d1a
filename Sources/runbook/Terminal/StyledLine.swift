import Runbook

/// A line of text in pieces that each have an ink; measured and cut before any escape sequence is in it, and cleaned
/// before it is measured.
struct StyledLine: Sendable, Equatable {
  struct Span: Sendable, Equatable {
    var text: String
    var ink: Ink
  }

  private(set) var spans: [Span] = []

  init() {}

  init(_ text: String, _ ink: Ink = .plain) { append(text, ink) }

  var plain: String { spans.reduce(into: "") { $0 += $1.text } }

  var width: Int { spans.reduce(0) { $0 + DisplayWidth.of($1.text) } }

  mutating func append(_ text: String, _ ink: Ink = .plain) {
    if !text.isEmpty { spans.append(Span(text: SafeText(text).description, ink: ink)) }
  }

  mutating func append(_ line: StyledLine) { spans += line.spans }

  /// The line, or as much of its start as fits with the ellipsis behind it.
  func cut(to width: Int, ellipsis: String) -> StyledLine {
    guard self.width > width else { return self }
    var result = StyledLine()
    var left = width - DisplayWidth.of(ellipsis)
    for span in spans where left > 0 {
      let text = DisplayWidth.prefix(of: span.text, width: left)
      result.append(text, span.ink)
      left = text == span.text ? left - DisplayWidth.of(text) : 0
    }
    result.append(
      DisplayWidth.prefix(of: ellipsis, width: max(0, width)), result.spans.last?.ink ?? .plain)
    return result
  }

  func rendered(_ style: Style) -> SafeText {
    spans.reduce(into: "") { $0 += style.paint(SafeText($1.text), $1.ink) }
  }
}
