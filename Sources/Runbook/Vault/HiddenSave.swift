/// A save that our swap hid for a moment, until it was put back. An editor that read the note just then, and saves what
/// it read, would undo that save without anybody having wanted it.
struct HiddenSave {
  let bytes: [UInt8]
  /// The lines that the save had brought.
  private let lines: [ArraySlice<UInt8>]
  let since: Int64

  init(_ bytes: [UInt8], over older: [UInt8], since: Int64) {
    self.bytes = bytes
    let before = Set(Self.lines(of: older))
    lines = Self.lines(of: bytes).filter { !before.contains($0) && !$0.isEmpty }
    self.since = since
  }

  func isContained(in note: [UInt8]) -> Bool {
    let present = Set(Self.lines(of: note))
    return lines.allSatisfy { present.contains($0) }
  }

  private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
  }
}
