/// A YAML value whose scalars are the text as written: `yes` stays `yes`, `010` stays `010`.
public indirect enum YAMLValue: Sendable, Equatable {
  /// The text and its bytes in the note (quotes included).
  case scalar(String, Range<Int>)
  case sequence([YAMLValue], Range<Int>)
  case mapping([Pair], Range<Int>)
  /// Nothing written behind the key.
  case empty(Range<Int>)

  public struct Pair: Sendable, Equatable {
    public let key: String
    public let keyRange: Range<Int>
    public let value: YAMLValue
  }

  public var range: Range<Int> {
    switch self {
    case .scalar(_, let range), .sequence(_, let range), .mapping(_, let range), .empty(let range):
      range
    }
  }
}

extension YAMLValue {
  /// Nothing written.
  public var isEmpty: Bool { if case .empty = self { true } else { false } }
}

extension YAMLValue {
  /// Equal but for where it stands.
  func isSameText(as other: YAMLValue) -> Bool {
    switch (self, other) {
    case (.scalar(let one, _), .scalar(let two, _)): one == two
    case (.empty, .empty): true
    case (.sequence(let one, _), .sequence(let two, _)):
      one.count == two.count && zip(one, two).allSatisfy { $0.isSameText(as: $1) }
    case (.mapping(let one, _), .mapping(let two, _)):
      one.count == two.count
        && zip(one, two).allSatisfy { $0.key == $1.key && $0.value.isSameText(as: $1.value) }
    default: false
    }
  }
}
