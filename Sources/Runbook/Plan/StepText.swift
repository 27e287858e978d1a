/// The parts of a task item's first line: what it says, and what other tools and we keep behind it.
struct StepText {
  /// What the step is known by: without our marks, inline fields, Tasks' fields, tags, `{…}` and `^id`; white space
  /// folded.
  let title: String
  /// What people are shown: the same with its tags, which tell them something.
  let shown: String
  /// The name behind `^`.
  let blockID: String?
  /// The bytes of a trailing `{…}`.
  let attributes: Range<Int>?
  /// The bytes of the text in front of that tail.
  let body: Range<Int>

  init(_ note: Note, _ task: TaskItem) {
    let tail = StepTail(bytes: note.bytes, text: task.text)
    body = tail.body
    blockID = tail.blockID
    attributes = tail.attributes
    let words = note.text(tail.body)
    title = InlineFields.removed(from: words)
    shown = ([InlineFields.removed(from: words, keepsTags: true)] + tail.tags.map { note.text($0) })
      .filter { !$0.isEmpty }.joined(separator: " ")
  }
}
