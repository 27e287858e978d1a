import Runbook

/// `new TEMPLATE NOTE`: from the template's name to the note on disk.
struct TemplateNote {
  let template: String
  /// Nil: named as the template is.
  let note: String?

  func make(values: [String: String]) throws {
    // The note's own vault, where its name tells one: there are its templates too.
    let place = try note.map { try NewNotePlace($0) }
    let vault = try place?.vault ?? Vault(containing: ".")
    let shelf = try TemplateShelf(vault: vault)
    if let refused = shelf.refusal(of: template) {
      throw CheckReport.refuse(
        [Diagnostic(refused.problem, file: refused.file, bytes: refused.bytes)], asJSON: false)
    }
    let found = try shelf.find(template)
    let target =
      try place
      ?? NewNotePlace(
        (found.name.split(separator: "/").last.map(String.init) ?? found.name) + ".md")
    let bytes = try fill(found, target, shelf.settings, values)
    try NewNote.write(bytes, target)
    Output.print("made \(target.shown)")
  }

  private func fill(
    _ template: NoteTemplate, _ target: NewNotePlace, _ settings: TemplateSettings,
    _ values: [String: String]
  ) throws -> [UInt8] {
    let names = template.variables.map(\.name)
    if let unknown = values.keys.sorted().first(where: { !names.contains($0) }) {
      throw VaultProblem(
        "--set \(unknown): the template \(template.name) has no such variable",
        fix: Spelling.nearest(to: unknown, among: names).map { "did you mean \($0)?" }
          ?? (names.isEmpty ? "it has none" : "it has \(names.joined(separator: ", "))"))
    }
    guard let moment = CalendarMoment.now else { throw VaultProblem("the clock can't be read") }
    var fill = TemplateFill(
      title: target.title, moment: moment, dateFormat: settings.dateFormat,
      timeFormat: settings.timeFormat)
    fill.values = values
    ask(for: template.missing(in: fill), &fill)
    do {
      return try template.filled(fill)
    } catch {
      throw CheckReport.refuse(
        [Diagnostic(error, file: template.file, bytes: template.bytes)], asJSON: false)
    }
  }

  /// On a terminal; what nobody answers stays missing.
  private func ask(for missing: [TemplateVariable], _ fill: inout TemplateFill) {
    guard !missing.isEmpty else { return }
    let door = FrontDoor.open(isJSON: false)
    defer { door.close() }
    for variable in missing {
      let purpose = variable.purpose.map { " (\(PlainText.line($0)))" } ?? ""
      guard let value = door.ask("\(variable.name)\(purpose): ") else { return }
      fill.values[variable.name] = value
    }
  }
}
