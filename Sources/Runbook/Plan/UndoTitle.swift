/// Titles of lists that are not for a run that goes well: how to go back, and what to do some day.
enum UndoTitle {
  /// Of a section: whether the title begins or ends with such words, whatever signs and numbers are around.
  static func isSection(_ text: String) -> Bool {
    let words = words(text)
    return (1...longest).contains { count in
      words.count >= count
        && (sections.contains(words.prefix(count).joined(separator: " "))
          || sections.contains(words.suffix(count).joined(separator: " ")))
    }
  }

  /// The lines (0-based) of a note's headings that are titles of such sections. The title of the whole note is none: a
  /// note called “Todo app” or “Backup and restore” is about that, and whoever runs it means it.
  static func sections(of note: Note) -> Set<Int> {
    let headings = note.headings.filter(\.isTopLevel)
    let title = headings.first.flatMap { isTitle($0, headings, note) ? $0.line : nil }
    return Set(headings.filter { isSection($0.text) && $0.line != title }.map(\.line))
  }

  /// Nothing stands beside its section: no heading of its level or above, and no task before it. Below the first level a
  /// bare “Rollback” is still a section, of a deploy that is written elsewhere.
  private static func isTitle(_ heading: Heading, _ headings: [Heading], _ note: Note) -> Bool {
    headings.dropFirst().allSatisfy { $0.level > heading.level }
      && note.tasks.allSatisfy { $0.line > heading.line }
      && (heading.level == 1 || !sections.contains(words(heading.text).joined(separator: " ")))
  }

  /// Of a step or a line above a list: only where nothing else is said.
  static func isWhole(_ text: String) -> Bool {
    undo.contains(words(text).joined(separator: " "))
  }

  private static func words(_ text: String) -> [Substring] {
    text.lowercased().split { !$0.isLetter && $0 != "’" && $0 != "'" }
  }

  private static let sections = undo.union(later)
  /// Of a phrase, in words.
  private static let longest = sections.map { $0.split(separator: " ").count }.max() ?? 1

  private static let undo: Set<String> = [
    "rollback", "roll back", "rolling back", "rollback plan", "rollback steps", "undo", "revert",
    "reverting", "restore", "backout", "back out", "backout plan", "how to roll back",
    "if something goes wrong", "if it goes wrong", "if it fails", "in case of failure",
    "in case of problems", "emergency",
    "retour arrière", "retour arriere", "retour en arrière", "annulation", "annuler",
    "restauration", "en cas d'échec", "en cas d’échec", "en cas de problème", "en cas de souci",
    "rückgängig", "rückgängig machen", "zurückrollen", "zurücksetzen", "zurück", "im fehlerfall",
    "deshacer", "revertir", "restaurar", "vuelta atrás", "reversión", "en caso de fallo",
    "ripristino", "annulla", "annullamento", "torna indietro", "in caso di errore",
    "desfazer", "reverter", "reversão", "terugdraaien", "ongedaan maken", "återställ",
    "återställning", "wycofanie", "cofnij", "откат", "отмена", "ロールバック", "回滚", "回滾", "롤백",
  ]

  private static let later: Set<String> = [
    "todo", "todos", "to do", "to dos", "backlog", "later", "à faire", "a faire", "plus tard",
    "offene punkte", "später", "pendiente", "pendientes", "por hacer", "da fare", "a fazer",
    "te doen", "att göra", "do zrobienia",
  ]
}
