@testable import RunbookCLI

/// What a terminal would show: as much of one as the live view makes use of. Anything else fails loudly by
/// being shown.
struct VirtualTerminal {
  private struct Cell {
    var text: String
    var width: Int
  }

  private struct Row {
    var cells: [Cell] = []
    /// Goes on in the next row, by automatic wrapping or because the terminal became narrower.
    var isBroken = false

    var text: String { cells.reduce(into: "") { $0 += $1.text } }
    var width: Int { cells.reduce(0) { $0 + $1.width } }
  }

  private(set) var size: TerminalSize
  private let reflows: Bool
  private var rows: [Row] = [Row()]
  private var row = 0
  private var column = 0
  private(set) var wraps = true
  private(set) var showsCursor = true
  private var pending: [UInt8] = []

  init(_ size: TerminalSize, reflows: Bool = true) {
    self.size = size
    self.reflows = reflows
  }

  /// All lines since the beginning, broken ones joined, without trailing spaces and empty lines.
  var lines: [String] {
    var lines: [String] = []
    var line = ""
    for row in rows {
      line += row.text
      if row.isBroken { continue }
      while line.last == " " { line.removeLast() }
      lines.append(line)
      line = ""
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// Rows from the first to the cursor's.
  var cursorRow: Int { row }

  private var top: Int { max(0, rows.count - size.rows) }

  mutating func resize(to new: TerminalSize) {
    if new.columns < size.columns { narrow(to: new.columns) }
    size = new
    row = max(row, top)
  }

  /// An escape sequence or a character may end in the next piece.
  mutating func feed(_ bytes: [UInt8]) {
    pending += bytes
    guard let text = String(validating: pending, as: UTF8.self) else { return }
    var rest = text.unicodeScalars[...]
    while !rest.isEmpty {
      let plain = rest.prefix { $0 != "\u{1B}" }
      for character in String(plain) { put(character) }
      rest = rest[plain.endIndex...]
      guard rest.count > 1, let end = rest.dropFirst(2).firstIndex(where: Self.isFinal) else {
        break
      }
      let start = rest.index(rest.startIndex, offsetBy: 2)
      control(String(rest[start..<end]), Character(rest[end]))
      rest = rest[rest.index(after: end)...]
    }
    pending = Array(String(rest).utf8)
  }

  private static func isFinal(_ scalar: Unicode.Scalar) -> Bool { ("@"..."~").contains(scalar) }

  private mutating func put(_ character: Character) {
    switch character {
    case "\r": column = 0
    case "\r\n":
      column = 0
      down()
    case "\n": down()
    default: print(character)
    }
  }

  private mutating func down() {
    row += 1
    if row == rows.count { rows.append(Row()) }
  }

  private mutating func print(_ character: Character) {
    let width = DisplayWidth.of(character)
    if column + width > size.columns {
      guard wraps else { return }
      rows[row].isBroken = true
      column = 0
      down()
    }
    let gap = column - rows[row].width
    if gap > 0 { rows[row].cells += Array(repeating: Cell(text: " ", width: 1), count: gap) }
    let cell = Cell(text: String(character), width: width)
    let index = self.index(in: row)
    if width == 0 || index >= rows[row].cells.count {
      rows[row].cells.append(cell)
    } else {
      overwrite(at: index, with: cell)
    }
    column += width
  }

  /// What was wider leaves spaces, what was narrower takes its neighbours with it.
  private mutating func overwrite(at index: Int, with cell: Cell) {
    var end = index
    var freed = 0
    while end < rows[row].cells.count, freed < cell.width || rows[row].cells[end].width == 0 {
      freed += rows[row].cells[end].width
      end += 1
    }
    let spaces = Array(repeating: Cell(text: " ", width: 1), count: max(0, freed - cell.width))
    rows[row].cells.replaceSubrange(index..<end, with: [cell] + spaces)
  }

  private func index(in row: Int) -> Int {
    var left = column
    for (index, cell) in rows[row].cells.enumerated() {
      if left <= 0, cell.width > 0 { return index }
      left -= cell.width
    }
    return rows[row].cells.count
  }

  private mutating func control(_ parameters: String, _ command: Character) {
    let value = Int(parameters) ?? 0
    switch (command, parameters) {
    case ("A", _): row = max(top, row - max(1, value))
    case ("J", ""):
      eraseLine()
      rows.removeLast(rows.count - row - 1)
    case ("K", ""): eraseLine()
    case ("h", "?7"), ("l", "?7"): wraps = command == "h"
    case ("h", "?25"), ("l", "?25"): showsCursor = command == "h"
    case ("h", "?2026"), ("l", "?2026"), ("m", _): break
    default: for character in "<\(parameters)\(command)>" { print(character) }
    }
  }

  private mutating func eraseLine() {
    rows[row].cells.removeSubrange(index(in: row)...)
    rows[row].isBroken = false
    if rows[row].cells.isEmpty, row > 0 { rows[row - 1].isBroken = false }
  }

  private mutating func narrow(to columns: Int) {
    var result: [Row] = []
    var newRow = 0
    for (index, old) in rows.enumerated() {
      if index == row { newRow = result.count }
      guard reflows, old.width > columns else {
        result.append(reflows ? old : cut(old, to: columns))
        continue
      }
      var piece = Row(isBroken: true)
      for cell in old.cells {
        if piece.width + cell.width > columns {
          result.append(piece)
          piece = Row(isBroken: true)
        }
        piece.cells.append(cell)
      }
      piece.isBroken = old.isBroken
      result.append(piece)
      // The cursor is always behind what was written last.
      if index == row { newRow = result.count - 1 }
    }
    column = min(column, columns - 1)
    rows = result
    row = newRow
  }

  private func cut(_ row: Row, to columns: Int) -> Row {
    var result = Row()
    for cell in row.cells where result.width + cell.width <= columns { result.cells.append(cell) }
    return result
  }
}
