/// Refuses notes that are not runbooks, or are not whole.
struct NoteAdmission {
  let note: Note

  /// A record says what was done; doing it again from there would run an old text. Nothing else about it is
  /// worth saying.
  ///
  /// - Parameter request: tells how the user would name the runbook.
  func refuseRecord(_ problems: inout DiagnosticCollector, _ request: PlanRequest) -> Bool {
    guard note.tags.contains("runbook-run"),
      let tags = note.frontMatter?.entries.first(where: { $0.key == "tags" || $0.key == "tag" })
    else { return false }
    problems.error(
      "this note is the record of a run, not a runbook", at: tags.value.range,
      fix: runbook.map { link in
        let path = NoteLink(property: link).path
        return "run \(FilePath.shown(path, beside: request.file, request.embeds.root)) instead"
      } ?? "run the note that it is the record of")
    return true
  }

  /// What is still to be filled in says nothing that could be checked.
  func refuseTemplate(_ problems: inout DiagnosticCollector) -> Bool {
    guard NoteTemplate.isTemplate(note),
      let entry = note.frontMatter?.entries.first(where: { NoteTemplate.keys.contains($0.key) })
    else { return false }
    problems.error(
      "this note is a template, not a runbook", at: entry.keyRange,
      fix: "make a note from it with `runbook new`, or delete the template_ properties")
    return true
  }

  /// The link to the runbook that this note is a record of, empty where there is none; nil for any other note.
  var recordedRunbook: String? { note.tags.contains("runbook-run") ? link ?? "" : nil }

  private var link: String? { runbook.flatMap { NoteLink(property: $0).text() } }

  private var runbook: String? {
    note.frontMatter?.entries.first { $0.key == "runbook" }?.value.words.first
  }

  /// What stands around a conflict may belong to either side: nothing else about it is worth saying either.
  func refuseConflict(_ problems: inout DiagnosticCollector) -> Bool {
    for line in 0..<note.lines.count {
      let content = note.lines.content(of: line)
      guard content.count >= 7, let byte = content.first.map({ note.bytes[$0] }),
        byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">"),
        note.bytes[content.prefix(7)].allSatisfy({ $0 == byte }),
        // `>>>>>>>` alone is a quote of a quote of a quote.
        content.count == 7
          ? byte == UInt8(ascii: "<") : note.bytes[content.lowerBound + 7] == UInt8(ascii: " ")
      else { continue }
      problems.error(
        "a merge conflict is left in the note", at: content,
        fix: "settle it, and delete the lines <<<<<<<, ======= and >>>>>>>")
      return true
    }
    return false
  }

  func refuseMarks(_ problems: inout DiagnosticCollector) {
    let marks = note.ownMarks
    for index in marks.tornTasks {
      let task = note.tasks[index]
      problems.error(
        "this tick was made by a run, and its fields [took:: …] · [at:: …] are torn",
        at: task.mark.lowerBound - 1..<note.lines.content(of: task.line).upperBound,
        fix: "to run it again, empty the box and delete the fields; "
          + "to leave it out, keep the tick and delete the fields")
    }
    guard marks.hasTwoRuns else { return }
    let second = marks.regions.first { $0.runs.count > 1 || $0.summaries > 1 }
    let line = (second ?? marks.regions.last)?.lines.lowerBound ?? 0
    problems.error(
      "the note carries the marks of two runs; a merge may have put them there",
      at: note.lines.content(of: line),
      fix: "take all marks out with `runbook reset`; the record notes keep what was done")
  }
}
