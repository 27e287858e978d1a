/// Builds `FrontMatter` from YAML events, with a stack of its own: nesting can't exhaust the thread's.
struct FrontMatterReader {
  /// Far above any real front matter. libyaml's time grows with nesting times length.
  static let sizeLimit = 64 << 10

  private struct Open {
    let range: Range<Int>
    var isMapping: Bool
    var items: [YAMLValue] = []
    var pairs: [YAMLValue.Pair] = []
    var key: (text: String, range: Range<Int>)?
  }

  private let bytes: [UInt8]
  private let lines: LineTable
  private var stack: [Open] = []
  private var root: YAMLValue?
  private var rootIsBlock = false
  private var documents = 0
  private(set) var problems: [NoteProblem] = []

  static func read(
    _ bytes: [UInt8], _ lines: LineTable, _ place: FrontMatterLines
  ) -> (FrontMatter, [NoteProblem]) {
    var reader = FrontMatterReader(bytes: bytes, lines: lines)
    if let problem = reader.tooMuch(place.content) {
      return (
        FrontMatter(
          closingLine: place.closingLine, entries: [], isBlockMapping: false, isExtensible: false),
        [problem]
      )
    }
    reader.read(place.content)
    return (reader.frontMatter(place), reader.problems)
  }

  /// libyaml's time grows with the depth of brackets times the length: 60 KB of `[` take ten seconds.
  private func tooMuch(_ range: Range<Int>) -> NoteProblem? {
    guard range.count <= Self.sizeLimit else {
      return NoteProblem(
        "the front matter is over \(Self.sizeLimit >> 10) KiB", at: range,
        fix: "move long text into the note's body")
    }
    var depth = 0
    for index in range {
      switch bytes[index] {
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
      default: continue
      }
      guard depth <= 200 else {
        return NoteProblem(
          "the front matter's brackets are nested too deeply", at: index..<index + 1,
          fix: "properties are plain values and lists")
      }
    }
    return nil
  }

  private init(bytes: [UInt8], lines: LineTable) {
    self.bytes = bytes
    self.lines = lines
  }

  private mutating func read(_ range: Range<Int>) {
    let (events, problem) = YAMLParser.events(bytes, in: range)
    for event in events {
      guard read(event) else { break }
    }
    if let problem, problems.isEmpty { problems.append(problem) }
    // What a refused or broken document would have meant can't be said: none of its entries count.
    if !problems.isEmpty, !stack.isEmpty { root = nil }
  }

  /// False where reading can't go on.
  private mutating func read(_ event: YAMLEvent) -> Bool {
    switch event.kind {
    case .documentStart:
      documents += 1
      if documents > 1 {
        problems.append(NoteProblem("the front matter holds a second document", at: event.range))
      }
      return documents == 1
    case .refused(let what):
      problems.append(
        NoteProblem(
          "the front matter uses \(what), which is not read", at: event.range,
          fix: "write the value itself"))
      root = nil
      return false
    case .mappingStart(let isBlock, let column):
      if stack.isEmpty { rootIsBlock = isBlock && column == 0 }
      stack.append(Open(range: event.range, isMapping: true))
    case .sequenceStart:
      stack.append(Open(range: event.range, isMapping: false))
    case .mappingEnd, .sequenceEnd:
      guard let open = stack.popLast() else { return false }
      let range = open.range.lowerBound..<max(open.range.lowerBound, event.range.upperBound)
      return add(open.isMapping ? .mapping(open.pairs, range) : .sequence(open.items, range))
    case .scalar(let text, let isPlain):
      return add(text.isEmpty && isPlain ? .empty(event.range) : .scalar(text, event.range))
    }
    return true
  }

  private mutating func add(_ value: YAMLValue) -> Bool {
    guard !stack.isEmpty else {
      root = value
      return true
    }
    let top = stack.count - 1
    guard stack[top].isMapping else {
      stack[top].items.append(value)
      return true
    }
    if let key = stack[top].key {
      stack[top].pairs.append(
        YAMLValue.Pair(key: key.text, keyRange: key.range, value: value))
      stack[top].key = nil
      return true
    }
    guard case .scalar(let text, let range) = value else {
      problems.append(NoteProblem("a key of the front matter is not plain text", at: value.range))
      return false
    }
    stack[top].key = (text, range)
    return true
  }
}

extension FrontMatterReader {
  private mutating func frontMatter(_ place: FrontMatterLines) -> FrontMatter {
    var entries: [FrontMatter.Entry] = []
    if case .mapping(let pairs, _) = root {
      for (index, pair) in pairs.enumerated() {
        let next =
          index + 1 < pairs.count
          ? lines.line(at: pairs[index + 1].keyRange.lowerBound) : place.closingLine
        entries.append(entry(pair, before: next))
      }
      findDuplicates(pairs)
    } else if let root, !root.isEmpty {
      problems.append(
        NoteProblem(
          "the front matter is not a list of properties (`key: value`)", at: root.range))
    }
    let isMapping = if case .mapping = root { rootIsBlock } else { root?.isEmpty ?? true }
    return FrontMatter(
      closingLine: place.closingLine, entries: entries,
      isBlockMapping: rootIsBlock && !entries.isEmpty,
      isExtensible: problems.isEmpty && isMapping && !hasMarker(place))
  }

  private func entry(_ pair: YAMLValue.Pair, before next: Int) -> FrontMatter.Entry {
    let first = lines.line(at: pair.keyRange.lowerBound)
    var end = max(next, first + 1)
    while end > first + 1, isBlankOrComment(end - 1) { end -= 1 }
    return FrontMatter.Entry(
      key: pair.key, keyRange: pair.keyRange, value: pair.value, lines: first..<end)
  }

  /// Comments at column 0 only: an indented `#` can be a line of a block scalar.
  private func isBlankOrComment(_ line: Int) -> Bool {
    let text = lines.content(of: line)
    guard let first = text.first else { return true }
    return bytes[first] == UInt8(ascii: "#") || NoteText.isBlank(text, in: bytes)
  }

  private mutating func findDuplicates(_ pairs: [YAMLValue.Pair]) {
    var seen: Set<String> = []
    for pair in pairs where !seen.insert(pair.key).inserted {
      problems.append(
        NoteProblem(
          "the property `\(pair.key)` stands twice in the front matter", at: pair.keyRange,
          fix: "keep one of them"))
    }
  }

  /// A `...` line ends the YAML document: what is added behind it would not be part of it. A directive needs
  /// a `---` that the block can't hold.
  private func hasMarker(_ place: FrontMatterLines) -> Bool {
    (1..<place.closingLine).contains { line in
      let start = lines.content(of: line).lowerBound
      return NoteText.hasPrefix("...", at: start, in: bytes)
        || NoteText.hasPrefix("---", at: start, in: bytes)
        || NoteText.hasPrefix("%", at: start, in: bytes)
    }
  }
}
