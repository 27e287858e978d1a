@testable import Runbook

extension EmbeddedNotes {
  /// Notes of a vault without folders, by name: each link leads to the note of its name.
  static func of(
    _ parts: [String: String], in note: Note, named name: String = "note"
  ) throws -> EmbeddedNotes {
    func source(_ name: String) -> NoteSource {
      NoteSource(title: name, path: "\(name).md", file: "\(name).md")
    }
    var embeds = EmbeddedNotes(note, source(name))
    for (name, text) in parts {
      let content = Content.note(try Note(Array(text.utf8)))
      embeds.add(Entry(source: source(name), content: content))
    }
    for from in parts.keys + [name] {
      for target in parts.keys + [name] {
        embeds.add(.success("\(target).md"), for: Reference(from: "\(from).md", target: target))
      }
      embeds.add(.success("\(from).md"), for: Reference(from: "\(from).md", target: ""))
    }
    return embeds
  }
}
