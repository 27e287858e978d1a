/// Refuses notes that are not runbooks, or are not whole.
struct NoteAdmission {
  let note: Note

  func refuse(_ problems: inout DiagnosticCollector) {
    refuseRecord(&problems)
    refuseConflictMarkers(&problems)
    refuseTornMarks(&problems)
  }

  /// A record says what was done; doing it again from there would run an old text.
  private func refuseRecord(_ problems: inout DiagnosticCollector) {
    guard note.tags.contains("runbook-run"),
      let tags = note.frontMatter?.entries.first(where: { $0.key.hasPrefix("tag") })
    else { return }
    let runbook = note.frontMatter?.entries.first { $0.key == "runbook" }?.value.words.first
    problems.error(
      "this note is the record of a run, not a runbook", at: tags.value.range,
      fix: runbook.map { "run \($0) instead" } ?? "run the note that it is the record of")
  }

  private func refuseConflictMarkers(_ problems: inout DiagnosticCollector) {
    for line in 0..<note.lines.count {
      let content = note.lines.content(of: line)
      guard content.count > 7, note.bytes[content.lowerBound + 7] == UInt8(ascii: " ") else {
        continue
      }
      let first = note.bytes[content.lowerBound]
      guard first == UInt8(ascii: "<") || first == UInt8(ascii: ">"),
        note.bytes[content.prefix(7)].allSatisfy({ $0 == first })
      else { continue }
      problems.error(
        "a merge conflict is left in the note", at: content,
        fix: "settle it, and delete the lines <<<<<<<, ======= and >>>>>>>")
      return
    }
  }

  private func refuseTornMarks(_ problems: inout DiagnosticCollector) {
    // Filled in with the marks' grammar.
  }
}
