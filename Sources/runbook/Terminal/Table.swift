import Runbook

/// Columns of text side by side, for `plan` and the like.
struct Table: Sendable {
  struct Column: Sendable {
    var title: String
    var alignment = Alignment.left
    var overflow = Overflow.wrap
  }

  /// What becomes of a cell that is wider than its column may be.
  enum Overflow: Sendable {
    case wrap
    case cut
    /// The column keeps its width, as long as there is a terminal of 20 columns a column.
    case never
  }

  private static let gap = 2
  /// Narrower, a column can't be read.
  private static let narrowest = 8

  var columns: [Column]
  var rows: [[String]] = []

  init(_ columns: [Column]) { self.columns = columns }

  /// The lines, titles first, without trailing spaces.
  ///
  /// - Parameter width: columns of the terminal; nil for no limit. If the columns can't be made narrow
  ///   enough to be read, lines are cut at the width.
  func lines(width: Int?, style: Style) -> [StyledLine] {
    let cells = rows.map { row in columns.indices.map { $0 < row.count ? Self.clean(row[$0]) : "" }
    }
    let widths = fitted(natural(cells), to: width)
    var lines: [StyledLine] = []
    if columns.contains(where: { !$0.title.isEmpty }) {
      lines += render(columns.map(\.title), widths, .bold, style)
    }
    for row in cells { lines += render(row, widths, .plain, style) }
    guard let width else { return lines }
    return lines.map { $0.cut(to: max(0, width), ellipsis: style.ellipsis) }
  }

  private static func clean(_ text: String) -> String {
    PlainText.line(text)
  }

  private func natural(_ cells: [[String]]) -> [Int] {
    columns.indices.map { column in
      cells.reduce(DisplayWidth.of(columns[column].title)) {
        max($0, DisplayWidth.of($1[column]))
      }
    }
  }

  /// Takes what is too much from the widest columns, so that they end up equally wide.
  private func fitted(_ widths: [Int], to width: Int?) -> [Int] {
    guard let width else { return widths }
    var widths = widths
    let room = width - Self.gap * max(0, columns.count - 1)
    var excess = widths.reduce(0, +) - room
    while excess > 0 {
      let flexible = widths.indices.filter {
        columns[$0].overflow != .never && widths[$0] > Self.narrowest
      }
      guard let widest = flexible.map({ widths[$0] }).max() else { break }
      let highest = flexible.filter { widths[$0] == widest }
      let next = flexible.map { widths[$0] }.filter { $0 < widest }.max() ?? Self.narrowest
      let step = max(1, min(widest - next, (excess + highest.count - 1) / highest.count))
      for column in highest where excess > 0 {
        let less = min(step, excess)
        widths[column] -= less
        excess -= less
      }
    }
    return widths
  }

  private func render(
    _ row: [String], _ widths: [Int], _ ink: Ink, _ style: Style
  ) -> [StyledLine] {
    let cells = columns.indices.map { column -> [String] in
      let width = max(1, widths[column])
      if columns[column].overflow == .wrap { return TextWrap.lines(row[column], width: width) }
      return [DisplayWidth.cut(row[column], to: width, ellipsis: style.ellipsis)]
    }
    let height = cells.reduce(0) { max($0, $1.count) }
    return (0..<height).map { index in
      StyledLine(line(cells.map { index < $0.count ? $0[index] : "" }, widths), ink)
    }
  }

  /// One line of cells. Spaces are written when something follows them.
  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var text = ""
    var spaces = 0
    for (column, cell) in cells.enumerated() {
      let room = max(0, widths[column] - DisplayWidth.of(cell))
      let isLeft = columns[column].alignment == .left
      if !isLeft { spaces += room }
      if !cell.isEmpty {
        for _ in 0..<spaces { text.append(" ") }
        text += cell
        spaces = 0
      }
      spaces += (isLeft ? room : 0) + Self.gap
    }
    return Self.trimmed(text)
  }

  private static func trimmed(_ text: String) -> String {
    guard text.utf8.last == UInt8(ascii: " ") else { return text }
    var text = Substring(text)
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
