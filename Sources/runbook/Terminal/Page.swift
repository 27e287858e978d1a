/// A text to be read in place of the live view, a screen at a time.
struct Page: Sendable, Equatable {
  var title: String
  var lines: [String]
  /// The first line that is shown.
  private(set) var top = 0

  init(title: String, lines: [String]) {
    self.title = title
    self.lines = lines
  }

  /// What a key makes of it.
  enum Turn {
    case stays
    case closes
  }

  /// - Parameter rows: of text on the screen.
  mutating func turn(_ key: Character, rows: Int) -> Turn {
    let step = max(1, rows - 1)
    switch key {
    case "q", "v", "\u{1B}": return .closes
    case " ", "f", KeyDecoder.pageDown: move(by: step, rows)
    case "b", KeyDecoder.pageUp: move(by: -step, rows)
    case "j", "\n", KeyDecoder.down: move(by: 1, rows)
    case "k", KeyDecoder.up: move(by: -1, rows)
    case "g", KeyDecoder.home: top = 0
    case "G", KeyDecoder.end: move(by: lines.count, rows)
    default: break
    }
    return .stays
  }

  private mutating func move(by count: Int, _ rows: Int) {
    top = max(0, min(top + count, lines.count - rows))
  }
}
