extension Note {
  /// The tags of the front matter, without `#`.
  public var tags: [String] {
    let entries = frontMatter?.entries.filter { $0.key == "tags" || $0.key == "tag" } ?? []
    return entries.flatMap { $0.value.words }.flatMap { $0.split { $0 == "," || $0 == " " } }
      .map { String($0.drop { $0 == "#" }) }
  }
}

extension YAMLValue {
  /// A scalar, or the scalars of a sequence.
  var words: [String] {
    switch self {
    case .scalar(let text, _): [text]
    case .sequence(let values, _):
      values.compactMap { if case .scalar(let text, _) = $0 { text } else { nil } }
    case .mapping, .empty: []
    }
  }
}
