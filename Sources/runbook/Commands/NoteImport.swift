import Runbook

/// `new --from FILE NOTE`: a note from a shell script, or from a Markdown note without boxes.
struct NoteImport {
  let file: String
  /// Nil: named as the file is.
  let note: String?

  func run() throws {
    let place = try NewNotePlace(note ?? usualName, trust: ProcessContext.trust)
    let bytes = try PlainFile.read(file)
    let imported: ImportedNote
    do {
      imported = try make(bytes, place)
    } catch let problem as NoteProblem {
      throw CheckReport.refuse([Diagnostic(problem, file: file, bytes: bytes)], asJSON: false)
    }
    try NewNote.write(imported.bytes, place)
    for notice in imported.notices {
      Output.complain("\(file):\(notice.line): note: \(notice.message)")
    }
    Output.print("made \(place.shown)")
  }

  private func make(_ bytes: [UInt8], _ place: NewNotePlace) throws -> ImportedNote {
    if isNote {
      return try BoxedNote.make(
        bytes, file: file,
        folder: RelativePath.from(place.folder, to: PlainFile.folder(of: file)))
    }
    return try ScriptNote.make(
      bytes,
      ScriptNote.Place(
        title: place.title, script: file,
        folder: RelativePath.from(place.folder, to: ProcessContext.folder ?? place.folder)))
  }

  private var isNote: Bool { file.lowercased().hasSuffix(".md") }

  private var usualName: String {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    return NoteName.cleaned(isNote ? "\(stem) runbook" : stem) + ".md"
  }
}
