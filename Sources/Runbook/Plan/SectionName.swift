/// A section to run, by the title of its heading.
struct SectionName: Sendable, Equatable {
  let text: String
  /// The name's bytes in the note; nil where it was given elsewhere.
  let place: Range<Int>?

  /// Those that `steps:` names; nil: the whole note. An empty list, as Obsidian leaves it, is none.
  static func all(
    _ frontMatter: FrontMatter?, _ problems: inout DiagnosticCollector
  ) -> [SectionName]? {
    guard let entry = frontMatter?.entries.first(where: { SettingName(written: $0.key) == .steps })
    else { return nil }
    let words = SettingWords.read(entry, &problems)
    return words.isEmpty ? nil : words.map { SectionName(text: $0.text, place: $0.range) }
  }
}
