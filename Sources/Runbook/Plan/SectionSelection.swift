/// Which lines of a note can hold steps.
struct SectionSelection {
  enum Wanted {
    case all
    case named([SectionName])
    /// The section of the heading on this line (0-based).
    case under(Int)
  }

  private let paths: HeadingPaths
  private let wanted: Wanted
  /// Titles in lower case, of those that were named.
  private let titles: Set<String>
  /// One of the sections asked for is not there, and that was said.
  private(set) var isUnknown = false

  init(_ note: Note, _ wanted: Wanted, _ problems: inout DiagnosticCollector) {
    paths = HeadingPaths(note)
    self.wanted = wanted
    if case .named(let names) = wanted {
      titles = Set(names.map { Self.key($0.text) })
      isUnknown = Self.refuseUnknown(names, note, &problems)
    } else {
      titles = []
    }
    refuseUndoSections(note, &problems)
    refuseUndoLists(note, &problems)
  }

  /// Whether a line (0-based) lies in a section that runs.
  func contains(_ line: Int) -> Bool {
    isAll || paths.chain(at: line).contains(where: isWanted)
  }

  private var isAll: Bool { if case .all = wanted { true } else { false } }

  private func isWanted(_ heading: Heading) -> Bool {
    switch wanted {
    case .all: false
    case .named: titles.contains(Self.key(heading.text))
    case .under(let line): heading.line == line
    }
  }

  private static func key(_ text: String) -> String { text.trimmingSpaces.lowercased() }

  private static func refuseUnknown(
    _ names: [SectionName], _ note: Note, _ problems: inout DiagnosticCollector
  ) -> Bool {
    let known = note.headings.filter(\.isTopLevel).map(\.text)
    let keys = Set(known.map(key))
    let unknown = names.filter { !keys.contains(key($0.text)) }
    for name in unknown {
      let near = Spelling.nearest(to: key(name.text), among: known.map(key))
        .flatMap { near in known.first { key($0) == near } }
      problems.error(
        "the note has no section “\(name.text)”", at: name.place,
        fix: near.map { "did you mean “\($0)”?" }
          ?? (known.isEmpty
            ? "the note has no headings"
            : "it has " + known.prefix(8).joined(separator: ", ")))
    }
    return !unknown.isEmpty
  }

  /// Nobody's list of how to go back may run after a good deploy, be it in a section of one that runs.
  private func refuseUndoSections(_ note: Note, _ problems: inout DiagnosticCollector) {
    let suspects = UndoTitle.sections(of: note)
    guard !suspects.isEmpty else { return }
    let others = others(than: suspects, note)
    var told: Set<Int> = []
    for task in note.tasks where contains(task.line) {
      guard
        let heading = paths.chain(at: task.line).last(where: { suspects.contains($0.line) }),
        !isWanted(heading),
        told.insert(heading.line).inserted
      else { continue }
      problems.error(
        "the section “\(heading.text)” holds tasks, and they would run as steps",
        at: note.lines.content(of: heading.line).trimmed(in: note.bytes),
        fix: isAll
          ? Self.naming(others, else: heading)
          : "move it out of the sections that run, or name it in steps: as well")
    }
  }

  /// The outermost sections that hold tasks and are none of those; nil where a task stands in none, so that naming
  /// sections would leave it out.
  private func others(than suspects: Set<Int>, _ note: Note) -> [String]? {
    // A title around a section of that kind would bring it in again.
    let around = Set(suspects.flatMap { paths.chain(at: $0).map(\.line) })
    var names: [String] = []
    for task in note.tasks {
      let chain = paths.chain(at: task.line)
      if chain.contains(where: { suspects.contains($0.line) }) { continue }
      guard let section = chain.first(where: { !around.contains($0.line) }) else { return nil }
      if names.last != section.text { names.append(section.text) }
    }
    return names
  }

  private static func naming(_ names: [String]?, else heading: Heading) -> String {
    let way = "what undoes a step belongs to it, as a ```bash {rollback} block"
    guard let names else {
      return "put a heading above the tasks that run and name it in the front matter, as in "
        + "steps: [Deploy]; \(way)"
    }
    let wanted = names.isEmpty ? [heading.text] : names
    let list = wanted.map { PropertyText.setting($0) }.joined(separator: ", ")
    return names.isEmpty
      ? "if it is to run, name it in the front matter: steps: [\(list)]; \(way)"
      : "name the sections to run in the front matter: steps: [\(list)]; \(way)"
  }

  /// The same, where a line of text or a parent step stands for the heading.
  private func refuseUndoLists(_ note: Note, _ problems: inout DiagnosticCollector) {
    var previous: [Int: Int] = [:]
    var titleOfList: [Int: Int] = [:]
    for (index, block) in note.blocks.enumerated() {
      let parent = block.parent ?? -1
      if case .list = block.kind, let above = previous[parent],
        note.blocks[above].kind == .paragraph, isUndo(paragraph: note.blocks[above], note)
      {
        titleOfList[index] = above
      }
      previous[parent] = index
    }
    var told: Set<Int> = []
    for task in note.tasks where contains(task.line) {
      guard let list = note.blocks[task.block].parent, let title = titleOfList[list],
        told.insert(title).inserted
      else { continue }
      let line = note.blocks[title].line
      problems.error(
        "the tasks below this line would run as steps",
        at: note.blocks[title].start..<note.lines.content(of: line).upperBound,
        fix:
          "make the line a heading (## …), and name the other sections in the front matter, as in "
          + "steps: [Deploy]; what undoes a step belongs to it, as a ```bash {rollback} block")
    }
  }

  private func isUndo(paragraph block: MarkdownBlock, _ note: Note) -> Bool {
    // The text of a task is a paragraph too, but nobody's heading.
    guard block.line == block.lastLine else { return false }
    let text = block.start..<note.lines.content(of: block.line).upperBound
    guard text.count < 80 else { return false }
    guard TaskReader.box(at: block.start, in: note.bytes, end: text.upperBound) == nil else {
      return isUndoTask(text, note)
    }
    return UndoTitle.isWhole(note.text(text))
  }

  /// `- [ ] Rollback` with tasks below it.
  private func isUndoTask(_ text: Range<Int>, _ note: Note) -> Bool {
    let title = note.text(text).drop { $0 != "]" }.dropFirst()
    return UndoTitle.isWhole(String(title))
  }
}
