import Runbook

/// A note that was just made, checked before it is on disk.
enum NewNote {
  /// - Throws: the status to end with, where the note is no runbook that could run; nothing is written then.
  static func write(_ bytes: [UInt8], _ place: NewNotePlace) throws {
    try admit(try LoadedNote.check(bytes, at: place).diagnostics)
    try place.write(bytes)
  }

  /// Says what is wrong. An error ends it.
  static func admit(_ diagnostics: [Diagnostic]) throws {
    CheckReport.complain(diagnostics)
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      Output.complain("Nothing was written.")
      throw ExitStatus.usage
    }
  }
}
