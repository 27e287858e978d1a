import Runbook

/// `new TEMPLATE NOTE`: from the template's name to the note on disk, and those that it embeds and that are missing.
struct TemplateNote {
  let template: String
  /// Nil: named as the template is.
  let note: String?

  func make(values: [String: String]) throws {
    // The note's own vault, where its name tells one: there are its templates too.
    let place = try note.map { try NewNotePlace($0, trust: ProcessContext.trust) }
    let vault = try place?.vault ?? Vault(containing: ".", trust: ProcessContext.trust)
    let shelf = try TemplateShelf(vault: vault)
    if let refused = shelf.refusal(of: template) {
      throw CheckReport.refuse(
        [Diagnostic(refused.problem, file: refused.file, bytes: refused.bytes)], asJSON: false)
    }
    let found = try shelf.find(template)
    let target =
      try place
      ?? NewNotePlace(
        (found.name.split(separator: "/").last.map(String.init) ?? found.name) + ".md",
        trust: ProcessContext.trust)
    try refuseUnknown(values, found)
    let filling = try TemplateFilling(settings: shelf.settings, values: values)
    let bytes = try filling.fill(found, title: target.title)
    let parts = TemplateParts(shelf: shelf, filling: filling, beside: target)
    let (diagnostics, embedded) = try LoadedNote.check(bytes, at: target, unwritten: parts.note)
    if let failure = parts.failure { throw failure }
    try NewNote.admit(diagnostics)
    try NewNotePlace.write(parts.made + [(target, bytes)])
    Output.print("made \(target.shown)")
    for part in parts.made { Output.print("made \(part.place.shown), which it embeds") }
    for path in embedded where !parts.made.contains(where: { $0.place.path == path }) {
      Output.print("left \(path), which it embeds, as it is")
    }
  }

  private func refuseUnknown(_ values: [String: String], _ template: NoteTemplate) throws {
    let names = template.variables.map(\.name)
    guard let unknown = values.keys.sorted().first(where: { !names.contains($0) }) else { return }
    throw VaultProblem(
      "--set \(unknown): the template \(template.name) has no such variable",
      fix: Spelling.nearest(to: unknown, among: names).map { "did you mean \($0)?" }
        ?? (names.isEmpty ? "it has none" : "it has \(names.joined(separator: ", "))"))
  }
}
