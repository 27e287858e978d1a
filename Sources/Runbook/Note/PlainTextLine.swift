/// The line that is being written, as a terminal would hold it.
///
/// Most lines only ever grow: their UTF-8 is gathered as it comes. A line in which the cursor has moved
/// back is held as cells from then on, so that each overwriting costs what it writes and no more.
struct PlainTextLine: Sendable {
  /// A character's place; marks and joiners belong to the cell of their base.
  private struct Cell {
    var base: Unicode.Scalar
    var marks: [Unicode.Scalar] = []

    var size: Int { marks.reduce(UTF8.width(base)) { $0 + UTF8.width($1) } }
  }

  /// How far right of its text a cursor may be put. Programs ask for column 999 to find the edge.
  private static let widest = 256

  private let limit: Int
  private let isForNotes: Bool
  private var flat: [UInt8] = []
  private var cells: [Cell] = []
  private var isInCells = false
  private var cursor = 0
  private var size = 0
  private var isCut = false
  /// A carriage return counts only if anything but the end of the line follows it.
  private var hasReturned = false

  init(limit: Int, isForNotes: Bool = true) {
    self.limit = limit
    self.isForNotes = isForNotes
  }

  /// What the line shows.
  var text: String {
    var bytes = isInCells ? trimmedCells() : flat
    if isCut { bytes.append(contentsOf: "…".utf8) }
    return String(decoding: isForNotes ? Self.defused(bytes) : bytes, as: UTF8.self)
  }

  mutating func clear() {
    flat.removeAll(keepingCapacity: flat.count <= 4096)
    cells = []
    isInCells = false
    cursor = 0
    size = 0
    isCut = false
    hasReturned = false
  }

  /// Printable ASCII, in one piece: nearly all of nearly every output.
  mutating func put(ascii run: UnsafeBufferPointer<UInt8>) {
    guard !isInCells, !hasReturned else {
      for byte in run { put(Unicode.Scalar(byte)) }
      return
    }
    let room = max(0, limit - flat.count)
    flat.append(contentsOf: run.prefix(room))
    if run.count > room { isCut = true }
  }

  mutating func put(_ scalar: Unicode.Scalar) {
    if hasReturned { enterCells(at: 0) }
    if isInCells {
      putCell(scalar)
    } else if flat.count + UTF8.width(scalar) <= limit {
      flat.append(contentsOf: UTF8.encode(scalar) ?? .init())
    } else {
      isCut = true
    }
  }

  mutating func carriageReturn() { hasReturned = true }

  mutating func move(by columns: Int) {
    enterCells()
    move(to: cursor + columns)
  }

  /// - Parameter column: from 0.
  mutating func move(to column: Int) {
    enterCells()
    cursor = min(max(0, column), max(cells.count, Self.widest))
  }

  mutating func eraseToEnd() {
    enterCells()
    guard cursor < cells.count else { return }
    for cell in cells[cursor...] { size -= cell.size }
    cells.removeLast(cells.count - cursor)
    isCut = false
  }

  /// Whoever erases a line goes to its start before or after; doing it here keeps the cost of the next
  /// character from growing with the column.
  mutating func eraseAll() {
    enterCells(at: 0)
    eraseToEnd()
  }

  private mutating func enterCells(at column: Int? = nil) {
    if !isInCells {
      isInCells = true
      let text = String(decoding: flat, as: UTF8.self)
      flat = []
      for scalar in text.unicodeScalars { putCell(scalar) }
    }
    if hasReturned || column != nil { cursor = column ?? 0 }
    hasReturned = false
  }

  private mutating func putCell(_ scalar: Unicode.Scalar) {
    let width = UTF8.width(scalar)
    if Self.isMark(scalar), cursor > 0, cursor <= cells.count {
      guard size + width <= limit else { return isCut = true }
      cells[cursor - 1].marks.append(scalar)
      size += width
      return
    }
    let gap = max(0, cursor - cells.count)
    let freed = cursor < cells.count ? cells[cursor].size : 0
    guard size + gap + width - freed <= limit else { return isCut = true }
    for _ in 0..<gap { cells.append(Cell(base: " ")) }
    if cursor < cells.count {
      cells[cursor] = Cell(base: scalar)
    } else {
      cells.append(Cell(base: scalar))
    }
    size += gap + width - freed
    cursor += 1
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x300 else { return false }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark, .format: return true
    default: return false
    }
  }

  /// Cells that were overwritten with spaces can't be told from empty ones.
  private func trimmedCells() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    for cell in cells {
      bytes.append(contentsOf: UTF8.encode(cell.base) ?? .init())
      for mark in cell.marks { bytes.append(contentsOf: UTF8.encode(mark) ?? .init()) }
    }
    while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
    return bytes
  }

  private static func defused(_ bytes: [UInt8]) -> [UInt8] {
    let open = UInt8(ascii: "<")
    let percent = UInt8(ascii: "%")
    var isArmed = false
    var result: [UInt8] = []
    var taken = 0
    for (index, byte) in bytes.enumerated() {
      if isArmed, byte == percent {
        result.append(contentsOf: bytes[taken..<index])
        result.append(UInt8(ascii: " "))
        taken = index
      }
      isArmed = byte == open
    }
    if taken == 0 { return bytes }
    result.append(contentsOf: bytes[taken...])
    return result
  }
}
