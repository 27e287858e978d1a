/// A save that was out of sight for a moment: our swap had taken its file away until it was put back, or it went into
/// a file that was no longer the note until it was merged. An editor that read the note just then, and saves what it
/// read, would undo that save without anybody having wanted it.
struct HiddenSave {
  let bytes: [UInt8]
  /// The lines that the save had brought.
  private let lines: [ArraySlice<UInt8>]
  let since: Int64

  /// - Parameters:
  ///   - older: what it was saved over.
  ///   - writes: our own last writes; lines that came with them come and go, and are nobody's.
  init(_ bytes: [UInt8], over older: [UInt8], writes: [OwnWrite]) {
    self.bytes = bytes
    var known = Set(Self.lines(of: older))
    for write in writes {
      let source = Set(Self.lines(of: write.source))
      known.formUnion(Self.lines(of: write.result).filter { !source.contains($0) })
    }
    lines = Self.lines(of: bytes).filter { !known.contains($0) }
    since = MonotonicTime.now
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
