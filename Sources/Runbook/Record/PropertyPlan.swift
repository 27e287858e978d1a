/// How a run's properties go into a note's front matter: as lines before the closing `---`.
enum PropertyPlan {
  struct Refusal: Error {
    let reason: String
  }

  static func splice(
    _ properties: [NoteMarks.Property], into note: Note
  ) -> Result<Splice, Refusal> {
    guard let front = note.frontMatter else {
      return .failure(Refusal(reason: "the note has none"))
    }
    guard front.isExtensible else {
      return .failure(Refusal(reason: "the note's properties are not a plain list"))
    }
    let own = Set(NoteMarks.propertyNames)
    if let entry = front.entries.first(where: { own.contains($0.key) }) {
      return .failure(Refusal(reason: "the property `\(entry.key)` is the note's own"))
    }
    guard let lines = rendered(properties) else {
      return .failure(Refusal(reason: "a property's name or value is not of our form"))
    }
    let closing = note.lines.content(of: front.closingLine).lowerBound
    let ending = note.bytes[note.lines.ending(of: front.closingLine - 1)]
    var text: [UInt8] = []
    for line in lines { text += Array(line.utf8) + ending }
    return .success(Splice(closing..<closing, text))
  }

  /// Nil unless strip would know each line: our names, each once, and our `run_id` among them.
  private static func rendered(_ properties: [NoteMarks.Property]) -> [String]? {
    var seen: Set<String> = []
    var hasRun = false
    var lines: [String] = []
    for property in properties {
      guard NoteMarks.propertyNames.contains(property.name), seen.insert(property.name).inserted
      else { return nil }
      switch property.value {
      case .text(let text):
        hasRun = hasRun || property.name == "run_id" && RunIdentifier.isIdentifier(text)
        lines.append("\(property.name): \(PropertyText.text(text))")
      case .literal(let text):
        guard isLiteral(text) else { return nil }
        lines.append("\(property.name): \(text)")
      }
    }
    return hasRun ? lines : nil
  }

  private static func isLiteral(_ text: String) -> Bool {
    !text.isEmpty && text.first != "-"
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
          || [0x2D, 0x2B, 0x2E, 0x3A].contains(byte)
      } && text.last != ":"
  }
}
