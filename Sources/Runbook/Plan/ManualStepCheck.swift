/// A step without a block is for a person, and must look like it: a block that was meant to run and can't
/// would otherwise be waved through by hand.
struct ManualStepCheck {
  let note: Note

  func refuse(_ task: TaskItem, _ fences: [Fence], _ problems: inout DiagnosticCollector) {
    for fence in fences where fence.language.isEmpty && fence.attributes.isEmpty {
      problems.error(
        "this step has no block that runs, but a fence without a language",
        at: note.lines.content(of: fence.line).trimmed(in: note.bytes),
        fix: "write ```bash to run it, or ```text if a person should read it")
    }
    refuseHiddenFences(task, &problems)
    refuseEmbedAmongWords(task, &problems)
  }

  /// Backticks that CommonMark takes for text or for indented code.
  private func refuseHiddenFences(_ task: TaskItem, _ problems: inout DiagnosticCollector) {
    for line in task.line...note.blocks[task.block].lastLine {
      guard !isInFence(line), let range = fenceMarks(on: line, of: task) else { continue }
      problems.error(
        "this looks like a code block and is none: it is indented too far, or not enough",
        at: range, fix: "indent the backticks as far as the step's text")
      return
    }
  }

  private func isInFence(_ line: Int) -> Bool {
    var low = 0
    var high = note.fences.count
    while low < high {
      let middle = (low + high) / 2
      if note.fences[middle].line <= line { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return false }
    let fence = note.fences[low - 1]
    return line <= (fence.closingLine ?? fence.contentLines.upperBound - 1) || line == fence.line
  }

  private func fenceMarks(on line: Int, of task: TaskItem) -> Range<Int>? {
    let content = line == task.line ? task.text : note.lines.content(of: line)
    var start = content.lowerBound
    while start < content.upperBound, Self.mayPrecedeFence(note.bytes[start]) { start += 1 }
    guard start + 3 <= content.upperBound,
      let first = Optional(note.bytes[start]),
      first == UInt8(ascii: "`") || first == UInt8(ascii: "~"),
      note.bytes[start..<(start + 3)].allSatisfy({ $0 == first })
    else { return nil }
    return start..<content.trimmed(in: note.bytes).upperBound
  }

  private static func mayPrecedeFence(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: ">")
  }

  private func refuseEmbedAmongWords(
    _ task: TaskItem, _ problems: inout DiagnosticCollector
  ) {
    guard let embed = note.links(in: task.text).first(where: \.isEmbed) else { return }
    let body = StepText(note, task).body.trimmed(in: note.bytes)
    guard embed.range != body else { return }
    problems.error(
      "an embedded note among other words is not run", at: embed.range,
      fix: "make the embed the whole text of the step, or link it without the “!”")
  }
}
