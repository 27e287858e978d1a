/// Finds our marks in a note: groups on the first lines of list items, regions, properties.
struct MarkFinder {
  struct Group {
    let group: ItemGroup
    let line: Int
    /// With the space before it.
    let range: Range<Int>
    /// The mark of the item's box, where it has one.
    let mark: Range<Int>?
  }

  let note: Note
  let groups: [Group]
  let regions: [MarkedRegion]
  let properties: [FrontMatter.Entry]

  init(_ note: Note) {
    self.note = note
    groups = Self.findGroups(note)
    regions = RegionFinder(note).regions
    properties = Self.findProperties(note)
  }

  var isEmpty: Bool { groups.isEmpty && regions.isEmpty && properties.isEmpty }

  /// The edits that take all marks away, sorted.
  var removals: [Splice] {
    var splices = properties.map { entry in
      Splice(
        note.lines.full(of: entry.lines.lowerBound)
          .lowerBound..<note.lines.full(
            of: entry.lines.upperBound - 1
          ).upperBound, [])
    }
    let removed = HiddenRanges(ranges: regions.map(\.range))
    var boxes: Set<Int> = []
    for group in groups where !removed.contains(group.range.lowerBound) {
      splices.append(Splice(group.range, []))
      // A merge can leave two groups on a line: the box is emptied once.
      if let mark = group.mark, isOurTick(mark, group), boxes.insert(mark.lowerBound).inserted {
        splices.append(Splice(mark, [0x20]))
      }
    }
    splices += regions.map { Splice($0.range, []) }
    return splices.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private func isOurTick(_ mark: Range<Int>, _ group: Group) -> Bool {
    let byte = note.bytes[mark.lowerBound]
    return mark.count == 1 && (byte == UInt8(ascii: "x") || byte == UInt8(ascii: "X"))
      && group.group.result != .byHand
  }

  // MARK: Groups

  private static func findGroups(_ note: Note) -> [Group] {
    var groups: [Group] = []
    var latest = -1
    for (index, block) in note.blocks.enumerated() {
      guard case .item = block.kind, block.line != latest,
        let text = firstText(of: index, note), text.line == block.line
      else { continue }
      let range = text.start..<note.lines.content(of: block.line).upperBound
      guard mayHoldGroup(range, note.bytes) else { continue }
      latest = block.line
      let mark = TaskReader.box(at: text.start, in: note.bytes, end: range.upperBound)?.mark
      for (group, place) in GroupReducer.groups(in: range, of: note.bytes) {
        groups.append(Group(group: group, line: block.line, range: place, mark: mark))
      }
    }
    return groups
  }

  /// The paragraph or heading that an item begins with, also through items on the same line: `- - [ ] a`.
  private static func firstText(of item: Int, _ note: Note) -> MarkdownBlock? {
    var index = item + 1
    while index < note.blocks.count, note.blocks[index].line == note.blocks[item].line {
      switch note.blocks[index].kind {
      case .paragraph, .heading: return note.blocks[index]
      case .list, .item, .quote: index += 1
      default: return nil
      }
    }
    return nil
  }

  private static func mayHoldGroup(_ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
    guard range.count > 16 else { return false }
    for index in range.lowerBound..<range.upperBound - 4
    where bytes[index] == UInt8(ascii: "[") && NoteText.hasPrefix("[at:: ", at: index, in: bytes) {
      return true
    }
    return false
  }

  // MARK: Properties

  private static func findProperties(_ note: Note) -> [FrontMatter.Entry] {
    guard let front = note.frontMatter, front.isBlockMapping else { return [] }
    let ids = front.entries.filter { $0.key == "run_id" }
    let areOurs = ids.allSatisfy { entry in
      if case .scalar(let text, _) = entry.value { RunIdentifier.isIdentifier(text) } else { false }
    }
    guard !ids.isEmpty, areOurs else { return [] }
    return front.entries.filter { RunProperty.names.contains($0.key) }
  }
}
