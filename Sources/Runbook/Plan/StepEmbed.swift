/// The embeds of notes on a step's first line.
enum StepEmbed {
  /// The note whose steps are this step's: an embed that is the whole text. The text is only made where an embed may
  /// begin, since it takes time.
  static func whole(
    _ note: Note, _ task: TaskItem, _ text: @autoclosure () -> StepText
  ) -> Link? {
    guard NoteText.hasPrefix("![[", at: task.text.lowerBound, in: note.bytes),
      let link = first(note, task)
    else { return nil }
    return link.range == text().body ? link : nil
  }

  static func first(_ note: Note, _ task: TaskItem) -> Link? {
    note.links(in: task.text).first { $0.isEmbed && isNote($0) }
  }

  /// `Backup-DB › Dump`, or what the author wants it called.
  static func title(_ link: Link) -> String {
    if let alias = link.alias, !alias.isEmpty { return alias }
    let name = link.target.split(separator: "/").last.map { NoteName.title(of: String($0)) }
    let parts =
      [name].compactMap(\.self) + (link.fragment ?? "").split(separator: "#").map(String.init)
    return parts.joined(separator: " › ")
  }

  /// A picture, a PDF or a sound can be looked at, not run.
  private static func isNote(_ link: Link) -> Bool {
    guard let dot = link.target.lastIndex(of: ".") else { return true }
    return !media.contains(link.target[link.target.index(after: dot)...].lowercased())
  }

  private static let media: Set<String> = [
    "png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "avif", "pdf", "mp3", "wav", "m4a", "ogg",
    "flac", "mp4", "webm", "mov", "mkv", "ogv", "3gp", "canvas", "base", "excalidraw",
  ]
}
