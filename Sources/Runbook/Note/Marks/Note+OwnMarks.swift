extension Note {
  /// The marks of ours that the note carries, before anything is stripped: a waiting group with a ticked box is
  /// an answer, two runs or a torn group are reasons to refuse.
  public var ownMarks: OwnMarks {
    let finder = MarkFinder(self)
    var byLine: [Int: Int] = [:]
    for (index, task) in tasks.enumerated() { byLine[task.line] = index }
    let runs = finder.properties.compactMap { entry -> String? in
      guard entry.key == "run_id", case .scalar(let text, _) = entry.value else { return nil }
      return text
    }
    return OwnMarks(
      groups: finder.groups.map {
        OwnMarks.Group(group: $0.group, line: $0.line, task: byLine[$0.line], range: $0.range)
      },
      regions: finder.regions.map {
        OwnMarks.Region(lines: $0.lines, runs: $0.runs, summaries: $0.summaries)
      },
      propertyRun: runs.first, tornTasks: tasks.indices.filter { isTorn(tasks[$0]) })
  }

  private func isTorn(_ task: TaskItem) -> Bool {
    let mark = bytes[task.mark.lowerBound]
    guard mark == UInt8(ascii: "x") || mark == UInt8(ascii: "X") else { return false }
    return TornGroup.isTorn(joinedText(of: task))
  }

  /// The text of a task's whole paragraph on one line, without the group that stands on the first.
  private func joinedText(of task: TaskItem) -> [UInt8] {
    let paragraph = blocks[task.block + 1]
    var text: [UInt8] = []
    for line in paragraph.line...paragraph.lastLine {
      let content = lines.content(of: line)
      let range =
        line == task.line
        ? task.mark.upperBound + 1..<content.upperBound
        : NoteText.behindMarkers(content, in: bytes)
      let groups = line == task.line ? GroupReducer.groups(in: range, of: bytes).map(\.1) : []
      var start = range.lowerBound
      for group in groups {
        text += bytes[start..<group.lowerBound]
        start = group.upperBound
      }
      text += bytes[start..<range.upperBound]
      while let last = text.last, NoteText.isSpace(last) { text.removeLast() }
      text.append(0x20)
    }
    return text
  }
}
