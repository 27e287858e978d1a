/// The parts of a task item's first line: what it says, and what other tools and we keep behind it.
struct StepText {
  /// Without our marks, inline fields, Tasks' fields, tags, `{…}` and `^id`; white space folded.
  let title: String
  /// The name behind `^`.
  let blockID: String?
  /// The bytes of a trailing `{…}`.
  let attributes: Range<Int>?
  /// The bytes of the text in front of that tail.
  let body: Range<Int>

  init(_ note: Note, _ task: TaskItem) {
    var tail = StepTail(bytes: note.bytes, text: task.text)
    tail.peel()
    body = tail.body
    blockID = tail.blockID
    attributes = tail.attributes
    title = InlineFields.removed(from: note.text(tail.body))
  }
}
