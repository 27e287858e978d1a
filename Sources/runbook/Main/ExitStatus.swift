/// A command's end with a status of the documented table. What was to be said is said by then.
struct ExitStatus: Error, Equatable {
  let code: Int32

  /// The command line, or the note, is wrong: nothing ran.
  static let usage = ExitStatus(code: 2)
  /// Another run has the note.
  static let locked = ExitStatus(code: 69)
  /// The journal or the state folder can't be written.
  static let noState = ExitStatus(code: 74)
  /// A person is needed.
  static let paused = ExitStatus(code: 75)
  /// The run goes on without this program.
  static let left = ExitStatus(code: 76)
}
