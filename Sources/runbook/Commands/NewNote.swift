import Runbook

/// A note that was just made, checked before it is on disk.
enum NewNote {
  /// - Throws: the status to end with, where the note is no runbook that could run; nothing is written then.
  static func write(_ bytes: [UInt8], _ place: NewNotePlace) throws {
    let diagnostics = try LoadedNote.problems(of: bytes, at: place)
    CheckReport.complain(diagnostics)
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      Output.complain("Nothing was written.")
      throw ExitStatus.usage
    }
    try place.write(bytes)
  }
}
