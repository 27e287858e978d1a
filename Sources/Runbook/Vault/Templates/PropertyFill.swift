/// Values in the front matter of a template: each property is text before and after, quoted where it has to be.
struct PropertyFill {
  /// Of the marked text.
  let splices: [Splice]

  init(note: Note, marked: MarkedTemplate, values: [String]) {
    var splices: [Splice] = []
    for entry in note.frontMatter?.entries ?? [] {
      for (text, range) in Self.scalars(entry.value) where marked.holdsMark(text) {
        let source = note.text(range)
        guard source.first != "|", source.first != ">" else { continue }
        let full = marked.filled(text, values)
        let isQuoted = source.first == "\"" || source.first == "'"
        let written = isQuoted ? PropertyText.quoted(full) : PropertyText.setting(full)
        splices.append(Splice(range, Array(written.utf8)))
      }
    }
    self.splices = splices
  }

  func covers(_ mark: Range<Int>) -> Bool {
    splices.contains {
      $0.range.lowerBound <= mark.lowerBound && mark.upperBound <= $0.range.upperBound
    }
  }

  private static func scalars(_ value: YAMLValue) -> [(text: String, range: Range<Int>)] {
    switch value {
    case .scalar(let text, let range): [(text, range)]
    case .empty: []
    case .sequence(let items, _): items.flatMap { scalars($0) }
    case .mapping(let pairs, _): pairs.flatMap { scalars($0.value) }
    }
  }

  /// Whether a value says what the template's says, filled in.
  static func isSame(
    _ template: YAMLValue, _ filled: YAMLValue, _ marked: MarkedTemplate, _ values: [String]
  ) -> Bool {
    switch (template, filled) {
    case (.scalar(let one, _), .scalar(let two, _)): marked.filled(one, values) == two
    case (.empty, .empty): true
    case (.sequence(let one, _), .sequence(let two, _)):
      one.count == two.count && zip(one, two).allSatisfy { isSame($0, $1, marked, values) }
    case (.mapping(let one, _), .mapping(let two, _)):
      one.count == two.count
        && zip(one, two).allSatisfy {
          $0.key == $1.key && isSame($0.value, $1.value, marked, values)
        }
    default: false
    }
  }
}
