/// A note that other notes are made from.
public struct NoteTemplate: Sendable {
  /// By which `runbook new` finds it: the file's name without `.md`, with the folders below the templates' own.
  public let name: String
  /// Stands in front of diagnostics.
  public let file: String
  public let bytes: [UInt8]
  /// What it is for, in a line.
  public let purpose: String?
  /// The declared ones in their order, then those that only stand in the text.
  public let variables: [TemplateVariable]
  /// The note that `init` makes of it, `Workflow-Quick`.
  public let initialNote: String?

  let placeholders: [Placeholder]

  /// The keys of its front matter that tell of the template, and that the notes made of it don't have.
  public static let keys = ["template_for", "template_vars", "template_note"]

  /// Whether a note says of itself that it is a template.
  public static func isTemplate(_ note: Note) -> Bool {
    note.frontMatter?.entries.contains { keys.contains($0.key) } ?? false
  }

  public init(name: String, _ file: TrustedFile) throws(NoteProblem) {
    self.name = name
    self.file = file.path
    bytes = file.bytes
    placeholders = try Placeholder.all(in: bytes)
    try Self.refuseTemplater(bytes)
    // What is to be filled in is not YAML: braces open a mapping there.
    let marked = MarkedTemplate(bytes, placeholders)
    let note = try marked.note()
    let entries = note.frontMatter?.entries ?? []
    try Self.refuseSlips(entries, in: marked)
    purpose = try Self.text(of: "template_for", entries, marked)
    initialNote = try Self.text(of: "template_note", entries, marked)
    let declared = try Self.declarations(entries, marked)
    let used = placeholders.compactMap {
      if case .variable(let name) = $0.kind { name } else { nil }
    }
    if let unused = declared.first(where: { !used.contains($0.variable.name) }) {
      throw NoteProblem(
        "nothing in the template uses {{\(unused.variable.name)}}", at: unused.range,
        fix: "use it, or delete its line")
    }
    var variables = declared.map(\.variable)
    for name in used where !variables.contains(where: { $0.name == name }) {
      variables.append(TemplateVariable(undeclared: name))
    }
    self.variables = variables
  }

  /// Its commands would be left in the note, and Templater may run them there.
  private static func refuseTemplater(_ bytes: [UInt8]) throws(NoteProblem) {
    guard
      let start = bytes.indices.dropLast().first(where: {
        NoteText.hasPrefix("<%", at: $0, in: bytes)
      }),
      let end = bytes.indices[start...].dropLast().first(where: {
        NoteText.hasPrefix("%>", at: $0, in: bytes)
      })
    else { return }
    throw NoteProblem(
      "a command of Templater, which can't be run here", at: start..<end + 2,
      fix: "make the note in Obsidian, or write {{NAME}} in its place")
  }

  private static func refuseSlips(
    _ entries: [FrontMatter.Entry], in marked: MarkedTemplate
  ) throws(NoteProblem) {
    for entry in entries where !keys.contains(entry.key) {
      let written = String(entry.key.lowercased().map { $0 == "-" ? "_" : $0 })
      guard written.hasPrefix("template"),
        let near = Spelling.nearest(to: written, among: keys, atMost: 2)
      else { continue }
      throw NoteProblem(
        "“\(entry.key)” looks like “\(near)”", at: marked.original(entry.keyRange),
        fix: "write \(near), or choose a name that is not so near")
    }
  }

  private static func text(
    of key: String, _ entries: [FrontMatter.Entry], _ marked: MarkedTemplate
  ) throws(NoteProblem) -> String? {
    guard let entry = entries.first(where: { $0.key == key }) else { return nil }
    switch entry.value {
    case .scalar(let text, let range):
      try marked.refuseMark(in: text, range)
      return text
    case .empty: return nil
    case .sequence(_, let range), .mapping(_, let range):
      throw NoteProblem(
        "“\(key)” must be one text", at: marked.original(range), fix: "write \(key): text")
    }
  }

  private static func declarations(
    _ entries: [FrontMatter.Entry], _ marked: MarkedTemplate
  ) throws(NoteProblem) -> [(variable: TemplateVariable, range: Range<Int>)] {
    guard let entry = entries.first(where: { $0.key == "template_vars" }) else { return [] }
    var found: [(variable: TemplateVariable, range: Range<Int>)] = []
    for value in entry.value.isEmpty ? [] : entry.value.items {
      let range = marked.original(value.range)
      guard case .scalar(let text, let place) = value,
        let variable = TemplateVariable(declaration: text)
      else {
        throw NoteProblem(
          "a variable must be NAME or NAME=default, and what it is behind --", at: range,
          fix: "write - SERVER=localhost -- where the site runs; title, date and time are taken")
      }
      try marked.refuseMark(in: text, place)
      guard !found.contains(where: { $0.variable.name == variable.name }) else {
        throw NoteProblem("{{\(variable.name)}} is declared twice", at: range, fix: "keep one")
      }
      found.append((variable, range))
    }
    return found
  }
}

extension YAMLValue {
  /// Of a sequence; any other value is itself the only one.
  fileprivate var items: [YAMLValue] {
    if case .sequence(let values, _) = self { values } else { [self] }
  }
}
