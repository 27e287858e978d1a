/// Which lines of a note can hold steps.
struct SectionSelection {
  private let paths: HeadingPaths
  /// Titles in lower case; nil: everywhere.
  private let titles: Set<String>?

  init(
    _ note: Note, names: [String]?, section: String?, _ problems: inout DiagnosticCollector
  ) {
    paths = HeadingPaths(note)
    let wanted = section.map { [$0] } ?? names
    titles = wanted.map { Set($0.map(Self.key)) }
    if let wanted {
      Self.refuseUnknown(wanted, note, &problems)
    } else {
      Self.refuseUndoLists(note, paths, &problems)
    }
  }

  /// Whether a line (0-based) lies in a section that runs.
  func contains(_ line: Int) -> Bool {
    guard let titles else { return true }
    return paths.chain(at: line).contains { titles.contains(Self.key($0.text)) }
  }

  private static func key(_ text: String) -> String { text.trimmingSpaces.lowercased() }

  private static func refuseUnknown(
    _ names: [String], _ note: Note, _ problems: inout DiagnosticCollector
  ) {
    let known = note.headings.filter(\.isTopLevel).map(\.text)
    for name in names where !known.contains(where: { key($0) == key(name) }) {
      let near = Spelling.nearest(to: key(name), among: known.map(key))
      problems.error(
        "the note has no section “\(name)”",
        fix: near.map { "did you mean “\($0)”?" }
          ?? (known.isEmpty
            ? "the note has no headings" : "it has " + known.joined(separator: ", ")))
    }
  }

  /// Nobody's list of how to go back may run after a good deploy.
  private static func refuseUndoLists(
    _ note: Note, _ paths: HeadingPaths, _ problems: inout DiagnosticCollector
  ) {
    var told: Set<Int> = []
    for task in note.tasks {
      guard let heading = paths.chain(at: task.line).first(where: { isUndoTitle($0.text) }),
        told.insert(heading.line).inserted
      else { continue }
      problems.error(
        "the section “\(heading.text)” holds tasks that would run as steps",
        at: note.lines.content(of: heading.line),
        fix: "name the sections to run in the front matter, `steps: [Deploy]`; "
          + "what undoes a step belongs to it as a {rollback} block")
    }
  }

  private static func isUndoTitle(_ text: String) -> Bool {
    let words = text.lowercased().split { !$0.isLetter }.joined(separator: " ")
    return undoTitles.contains { words == $0 || words.hasPrefix($0 + " ") }
  }

  private static let undoTitles = [
    "rollback", "roll back", "rolling back", "undo", "revert", "reverting", "restore", "todo",
    "todos", "to do", "to dos", "backlog", "later", "retour arrière", "retour arriere",
    "retour en arrière", "annulation", "annuler", "restauration", "à faire", "a faire",
    "plus tard", "rückgängig", "zurückrollen", "zurück", "aufgaben", "deshacer", "pendiente",
    "por hacer", "ripristino", "annulla", "da fare", "desfazer", "terugdraaien",
  ]
}
