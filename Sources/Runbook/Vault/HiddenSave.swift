/// A save that was out of sight for a moment: our swap had taken its file away until it was put back, or it went into
/// a file that was no longer the note until it was merged. An editor that read the note just then, and saves what it
/// read, would undo that save without anybody having wanted it.
struct HiddenSave {
  private(set) var bytes: [UInt8]
  let since = MonotonicTime.now
  /// What it was saved over.
  private let older: [UInt8]
  /// The file it is being saved in, while that isn't done.
  private var unfinished: OpenFile?
  /// The lines that the save had brought.
  private var lines: [ArraySlice<UInt8>] = []

  /// - Parameters:
  ///   - unfinished: the file, where somebody still writes to it.
  ///   - writes: our own last writes; lines that came with them come and go, and are nobody's.
  init(_ bytes: [UInt8], over older: [UInt8], unfinished: OpenFile? = nil, writes: [OwnWrite]) {
    self.bytes = bytes
    self.older = older
    self.unfinished = unfinished
    lines = newLines(writes)
  }

  /// The first look at the note after the save, if it was not done when we saw it. Later ones tell nothing of it: the next
  /// save may be the one that undoes it.
  mutating func finish(_ read: QuietRead, writes: [OwnWrite]) {
    defer { unfinished = nil }
    guard let identity = try? unfinished?.identity(),
      identity.isSameFile(as: read.snapshot.identity)
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
    bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
  }
}
