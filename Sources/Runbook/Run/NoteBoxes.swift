/// Looks whether a person has ticked, or cancelled, the box of a step that waits.
public final class NoteBoxes {
  private let file: NoteFile
  private var last: FileIdentity?
  private var marks: [StepID: String] = [:]

  public init(file: NoteFile) { self.file = file }

  /// Reads the note only when it has changed. A box counts beside our `waiting` alone: one that was ticked for
  /// another reason, or before we asked, is no answer.
  public func answer(to step: StepID) -> Answer? {
    guard let identity = FileIdentity(path: file.realPath), identity != last else {
      return Self.answer(marks[step])
    }
    last = identity
    marks = [:]
    if let bytes = try? file.read().bytes, let note = try? Note(bytes) {
      let ids = StepIdentity.identify(note)
      for group in note.ownMarks.groups where group.group.result == .waiting {
        guard let task = group.task else { continue }
        marks[ids[task]] = note.text(note.tasks[task].mark)
      }
    }
    return Self.answer(marks[step])
  }

  static func answer(_ mark: String?) -> Answer? {
    switch mark {
    case "x", "X": Answer(.done, by: "the note")
    case "-": Answer(.no, by: "the note")
    default: nil
    }
  }
}
