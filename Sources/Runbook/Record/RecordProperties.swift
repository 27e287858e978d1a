/// A record's front matter: what dashboards and `stats` ask for.
struct RecordProperties {
  let plan: Plan
  let state: RunState
  /// The note that was run.
  let note: NoteLink

  /// All that a record can have, in the order in which it has them.
  static let names =
    ["tags", "runbook"] + RunProperty.names + [
      "run_order", "host", "user", "commit", "mode", "undoes", "part", "section",
    ]

  var text: String {
    var lines = ["---", "tags: [runbook-run]", "runbook: \(PropertyText.quoted(note.property))"]
    for property in RunProperties(plan: plan, state: state).properties {
      lines.append("\(property.name): \(Self.yaml(property.value))")
    }
    if let order = state.header?.order { lines.append("run_order: \(order)") }
    if let header = state.header {
      lines.append("host: \(PropertyText.text(header.machine))")
      lines.append("user: \(PropertyText.text(header.user))")
      if let commit = header.commit {
        lines.append("commit: \(PropertyText.quoted(Self.text(commit)))")
      }
    }
    if let mode = Self.mode(of: note.title) { lines.append("mode: \(PropertyText.text(mode))") }
    if let undoing = state.header?.undoes { lines.append("undoes: \(undoing.run.text)") }
    if !state.reopenings.isEmpty { lines.append("part: \(Self.part(of: state))") }
    if let section = state.header?.section {
      lines.append("section: \(PropertyText.text(section))")
    }
    return (lines + ["---"]).joined(separator: "\n")
  }

  /// Each end of a run has a record: the first is part 1.
  static func part(of state: RunState) -> Int { state.reopenings.count + 1 }

  /// The workflow's mode is in its name: `Workflow-Quick` is `quick`.
  static func mode(of note: String) -> String? {
    let prefix = "workflow-"
    guard note.lowercased().hasPrefix(prefix), note.count > prefix.count else { return nil }
    return note.dropFirst(prefix.count).lowercased()
  }

  /// `1a2b3c4 (dirty)`
  static func text(_ commit: Commit) -> String { commit.id + (commit.isDirty ? " (dirty)" : "") }

  private static func yaml(_ value: NoteMarks.Property.Value) -> String {
    switch value {
    case .text(let text): PropertyText.text(text)
    case .literal(let text): text
    }
  }
}
