/// A front matter value that is a list of words.
enum SettingWords {
  static func read(
    _ entry: FrontMatter.Entry, _ problems: inout DiagnosticCollector
  ) -> [(text: String, range: Range<Int>)] {
    switch entry.value {
    case .empty: return []
    case .scalar(let text, let range): return [(text, range)]
    case .sequence(let values, _):
      var words: [(String, Range<Int>)] = []
      for value in values {
        if case .scalar(let text, let range) = value {
          words.append((text, range))
        } else if !value.isEmpty {
          problems.error(
            "“\(entry.key)” must be a list of words", at: value.range, fix: Self.fix(entry.key))
        }
      }
      return words
    case .mapping(_, let range):
      problems.error("“\(entry.key)” must be a list of words", at: range, fix: fix(entry.key))
      return []
    }
  }

  private static func fix(_ key: String) -> String { "write \(key): [One, Two]" }
}
