/// A save that was out of sight for a moment: our swap had taken its file away until it was put back, or it went into
/// a file that was no longer the note until it was merged. An editor that read the note just then, and saves what it
/// read, would undo that save without anybody having wanted it.
struct HiddenSave {
  struct Sight {
    let bytes: [UInt8]
    /// The file, where somebody still writes to it.
    let unfinished: OpenFile?
  }

  private(set) var bytes: [UInt8]
  let since = MonotonicTime.now
  /// What it was saved over.
  private let older: [UInt8]
  private var unfinished: OpenFile?
  /// The lines that the save had brought.
  private var lines: [ArraySlice<UInt8>] = []

  /// - Parameter writes: our own last writes; lines that came with them come and go, and are nobody's.
  init(_ sight: Sight, over older: [UInt8], writes: [OwnWrite]) {
    bytes = sight.bytes
    self.older = older
    unfinished = sight.unfinished
    lines = newLines(writes)
    // Half a line is no line yet.
    if unfinished != nil, let last = bytes.last, !Self.isLineEnd(last) { _ = lines.popLast() }
  }

  /// The first look at the note after the save, if that was not done when we saw it: takes in what came behind. Later
  /// looks tell nothing of it, and this one neither if it lacks what was there: the next save may have undone it.
  mutating func finish(_ read: QuietRead, writes: [OwnWrite]) {
    defer { unfinished = nil }
    guard let identity = try? unfinished?.identity(),
      identity.isSameFile(as: read.snapshot.identity), isContained(in: read.snapshot.bytes)
    else { return }
    bytes = read.snapshot.bytes
    lines = newLines(writes)
  }

  private func newLines(_ writes: [OwnWrite]) -> [ArraySlice<UInt8>] {
    var known = Set(Self.lines(of: older))
    for write in writes {
      let source = Set(Self.lines(of: write.source))
      known.formUnion(Self.lines(of: write.result).filter { !source.contains($0) })
    }
    return Self.lines(of: bytes).filter { !known.contains($0) }
  }

  func isContained(in note: [UInt8]) -> Bool {
    guard !lines.isEmpty else { return true }
    let present = Set(Self.lines(of: note))
    return lines.allSatisfy { present.contains($0) }
  }

  /// Without their endings; empty lines are none.
  private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    bytes.split(whereSeparator: isLineEnd)
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }
}
