/// What a stray `%%` does to a runbook: it can hide steps, and nothing is skipped in silence.
struct CommentProblems {
  let bytes: [UInt8]
  let lines: LineTable
  let comments: NoteComments

  func problems(
    hiddenTasks: [Range<Int>], tasks: [TaskItem], fences: [Fence]
  ) -> [NoteProblem] {
    var problems: [NoteProblem] = []
    let hidden = HiddenRanges(ranges: comments.comments)
    for task in hiddenTasks {
      guard let comment = hidden.range(around: task.lowerBound), isInsideLine(comment.lowerBound)
      else { continue }
      let line = lines.line(at: comment.lowerBound) + 1
      problems.append(
        NoteProblem(
          "the `%%` in the middle of line \(line) hides this task", at: task,
          fix: "close that comment on its own line, or write `\\%\\%`"))
    }
    if let open = comments.openComment, isFollowed(open, tasks, fences) {
      problems.append(
        NoteProblem(
          "this `%%` opens a comment that is never closed", at: open..<open + 2,
          fix: "close it with `%%`, or write `\\%\\%`"))
    }
    return problems
  }

  private func isInsideLine(_ offset: Int) -> Bool {
    let line = lines.content(of: lines.line(at: offset))
    return NoteText.behindMarkers(line, in: bytes).lowerBound < offset
  }

  private func isFollowed(_ offset: Int, _ tasks: [TaskItem], _ fences: [Fence]) -> Bool {
    let line = lines.line(at: offset)
    return (tasks.last.map { $0.line > line } ?? false)
      || (fences.last.map { $0.line > line } ?? false)
  }
}
