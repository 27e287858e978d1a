/// The attributes of one fence or step: what each says, and how it was written.
struct AttributeSet: Sendable {
  struct Entry: Sendable {
    let value: AttributeValue
    /// As written; empty for a flag.
    let source: String
    let place: Range<Int>
  }

  private(set) var entries: [AttributeName: Entry] = [:]

  subscript(name: AttributeName) -> Entry? { entries[name] }

  func has(_ name: AttributeName) -> Bool { entries[name] != nil }

  mutating func set(_ name: AttributeName, _ entry: Entry) { entries[name] = entry }

  /// These attributes with those of an outer layer where they say nothing.
  func over(_ outer: AttributeSet, where keeps: (AttributeName) -> Bool) -> AttributeSet {
    var result = self
    for (name, entry) in outer.entries where keeps(name) && result.entries[name] == nil {
      // `continue-on-error` and `on-error` are one setting.
      if name == .onError && has(.continueOnError) || name == .continueOnError && has(.onError) {
        continue
      }
      // Where a block runs is one setting too.
      if name == .hosts && has(.host) || name == .host && has(.hosts) { continue }
      if (name == .forks || name == .serial) && has(.host) { continue }
      result.entries[name] = entry
    }
    return result
  }

  /// By written name, for people, `--json` and the digest.
  var written: [String: String] {
    Dictionary(
      entries.map { ($0.key.rawValue, $0.value.source.isEmpty ? "true" : $0.value.source) },
      uniquingKeysWith: { first, _ in first })
  }
}
