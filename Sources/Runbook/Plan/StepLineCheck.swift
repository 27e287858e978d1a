/// What stands on a step's first line, was meant for us, and would be passed over as text.
struct StepLineCheck {
  let note: Note

  func refuse(_ task: TaskItem, _ text: StepText, _ problems: inout DiagnosticCollector) {
    refuseEmbeds(task, text, &problems)
    refuseMisplacedAttributes(text, &problems)
    refuseMisplacedID(text, &problems)
    refuseAttributesBelow(task, &problems)
  }

  private func refuseEmbeds(
    _ task: TaskItem, _ text: StepText, _ problems: inout DiagnosticCollector
  ) {
    guard let embed = StepEmbed.first(note, task), embed.range != text.body else { return }
    problems.error(
      "an embedded note among other words is not run", at: embed.range,
      fix: "make the embed the whole text of the step, or link it without the “!”")
  }

  private func refuseMisplacedAttributes(
    _ text: StepText, _ problems: inout DiagnosticCollector
  ) {
    guard let range = attributes(in: text.body) else { return }
    let isClosed = note.bytes[range].contains(UInt8(ascii: "}"))
    problems.error(
      isClosed
        ? "attributes in the middle of a step's text do nothing" : "the attributes are not closed",
      at: range,
      fix: isClosed
        ? "move {…} to the end of the line, in front of ^id and tags" : "end them with a “}”")
  }

  /// Braces that begin like our attributes: `{timeout=`, `{host …}`.
  private func attributes(in body: Range<Int>) -> Range<Int>? {
    guard body.contains(where: { note.bytes[$0] == UInt8(ascii: "{") }) else { return nil }
    let code = HiddenRanges(ranges: CodeSpans(note.bytes, in: body).ranges)
    for open in body where note.bytes[open] == UInt8(ascii: "{") && !code.contains(open) {
      let rest = note.bytes[(open + 1)..<body.upperBound].drop { $0 == 0x20 }
      let word = rest.prefix { VariableName.isNameByte($0) || $0 == UInt8(ascii: "-") }
      guard AttributeName(written: String(decoding: word, as: UTF8.self)) != nil else { continue }
      let close = rest.firstIndex(of: UInt8(ascii: "}")).map { $0 + 1 } ?? body.upperBound
      return open..<close
    }
    return nil
  }

  /// `^id` counts at the very end only: in front of `{…}` or a tag, Obsidian does not see it either.
  private func refuseMisplacedID(_ text: StepText, _ problems: inout DiagnosticCollector) {
    guard text.blockID == nil, !text.body.isEmpty else { return }
    var start = text.body.upperBound
    while start > text.body.lowerBound, !NoteText.isSpace(note.bytes[start - 1]) { start -= 1 }
    let word = note.bytes[start..<text.body.upperBound]
    guard word.count > 1, word.first == UInt8(ascii: "^"),
      word.dropFirst().allSatisfy({
        VariableName.isNameByte($0) || $0 == UInt8(ascii: "-") || $0 >= 0x80
      })
    else { return }
    let isPlain = word.dropFirst().allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "_") }
    problems.error(
      isPlain
        ? "the block id is not at the end"
        : "a block id has only the letters a to z, digits and hyphens",
      at: start..<text.body.upperBound,
      fix: isPlain
        ? "move it behind everything else on the line"
        : "write it so: ^" + (Self.plain(word) ?? "build-site"))
  }

  /// With hyphens for underscores; nil where letters would be lost.
  private static func plain(_ word: ArraySlice<UInt8>) -> String? {
    let name = word.dropFirst().map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }
    return name.allSatisfy { $0 < 0x80 } ? String(decoding: name, as: UTF8.self) : nil
  }

  /// `{timeout=3s}` on the line below the box is text.
  private func refuseAttributesBelow(_ task: TaskItem, _ problems: inout DiagnosticCollector) {
    let paragraph = task.block + 1
    guard paragraph < note.blocks.count, note.blocks[paragraph].lastLine > task.line else { return }
    for line in (task.line + 1)...note.blocks[paragraph].lastLine {
      let content = note.lines.content(of: line).trimmed(in: note.bytes)
      guard let first = content.first, note.bytes[first] == UInt8(ascii: "{"),
        let range = attributes(in: content)
      else { continue }
      problems.error(
        "attributes below a step's first line do nothing", at: range,
        fix: "move them to the end of line \(task.line + 1)")
      return
    }
  }
}
