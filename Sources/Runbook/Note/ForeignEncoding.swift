/// Text that is not UTF-8 and looks like none of ours: Windows' editors and PowerShell write UTF-16. Read as UTF-8 it has
/// no step, and a line of ours in it would spoil it.
enum ForeignEncoding {
  /// `UTF-16`, `UTF-32`; nil for what may be UTF-8.
  static func name(of bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
      return "UTF-32"
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
    // Without a mark at the start: in Latin text every second byte is zero.
    let start = bytes.prefix(512)
    guard start.count >= 8 else { return nil }
    let zeros = [0, 1].map { parity in
      stride(from: parity, to: start.count, by: 2).count { start[$0] == 0 }
    }
    let most = start.count / 2 * 2 / 5
    return zeros[0] > most && zeros[1] == 0 || zeros[1] > most && zeros[0] == 0 ? "UTF-16" : nil
  }

  static let fix = "save it as UTF-8"
}
