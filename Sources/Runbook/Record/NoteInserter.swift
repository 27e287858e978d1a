/// Puts a run's marks into a note that has none, part by part, and keeps a part only if the rest of the note still
/// reads as it did and strip gives the note back.
struct NoteInserter {
  private struct Item {
    let task: Int
    let line: Int
    let splices: [Splice]
  }

  private let base: Note
  private var items: [Item] = []
  private var region: Splice?
  private var properties: Splice?
  private var refusals: [Insertion.Refusal] = []

  static func insert(_ marks: NoteMarks, into base: Note) -> Insertion {
    var inserter = NoteInserter(base: base)
    if let reason = inserter.reasonToLeaveAlone {
      return Insertion(
        bytes: base.bytes, refusals: [Insertion.Refusal(part: .note, reason: reason)])
    }
    inserter.plan(marks)
    return inserter.verified()
  }

  private init(base: Note) { self.base = base }

  private var reasonToLeaveAlone: String? {
    if base.mergeConflictLine != nil { return "it holds merge-conflict markers" }
    if !MarkFinder(base).isEmpty { return "it holds marks of a run that can't be taken out" }
    return nil
  }

  private mutating func refuse(_ part: Insertion.Part, _ reason: String) {
    refusals.append(Insertion.Refusal(part: part, reason: reason))
  }

  // MARK: Planning

  private mutating func plan(_ marks: NoteMarks) {
    var seen: Set<Int> = []
    for item in marks.items.sorted(by: { $0.task < $1.task }) {
      guard base.tasks.indices.contains(item.task), seen.insert(item.task).inserted else {
        continue
      }
      plan(item)
    }
    if let region = marks.region { plan(region) }
    if !marks.properties.isEmpty, base.frontMatter != nil { plan(marks.properties) }
  }

  private mutating func plan(_ item: NoteMarks.Item) {
    let task = base.tasks[item.task]
    var group = item.group
    let mark = base.bytes[task.mark]
    let isTicked =
      mark.elementsEqual([UInt8(ascii: "x")]) || mark.elementsEqual([UInt8(ascii: "X")])
    // Ticked before the run: whatever the caller thinks, it was done by hand, and strip must keep the tick.
    if isTicked { group = ItemGroup(result: .byHand, at: group.at) }
    guard let text = group.rendered else {
      return refuse(.item(item.task), "its time is not a time")
    }
    let behindBox = task.mark.upperBound + 1..<base.lines.content(of: task.line).upperBound
    let place = StepTail(bytes: base.bytes, text: behindBox).body.upperBound
    if let reason = hiding(place, on: task.line) { return refuse(.item(item.task), reason) }
    guard isFound(text, at: place, on: task) else {
      return refuse(.item(item.task), "its line already holds fields that look like ours")
    }
    var splices = [Splice(place..<place, Array(" \(text)".utf8))]
    if item.ticks, mark.elementsEqual([0x20]), group.result != .byHand {
      splices.insert(Splice(task.mark, [UInt8(ascii: "x")]), at: 0)
    }
    items.append(Item(task: item.task, line: task.line, splices: splices))
  }

  /// Strip must see this group, and only this one.
  private func isFound(_ text: String, at place: Int, on task: TaskItem) -> Bool {
    let line = task.mark.upperBound + 1..<base.lines.content(of: task.line).upperBound
    let group = " \(text)".utf8
    let edited = base.bytes[line.lowerBound..<place] + group + base.bytes[place..<line.upperBound]
    let found = GroupReducer.groups(in: 0..<edited.count, of: Array(edited)).map(\.1)
    let start = place - line.lowerBound
    return found == [start..<start + group.count]
  }

  /// cmark sees neither comments nor math.
  private func hiding(_ offset: Int, on line: Int? = nil) -> String? {
    let from = line.map { base.lines.content(of: $0).lowerBound } ?? 0
    if let open = base.openComment, (from..<max(offset, from)).contains(open) {
      return "a `%%` before it is left open"
    }
    if let open = base.openMath, (from..<max(offset, from)).contains(open) {
      return "a `$$` before it is left open"
    }
    let isHidden =
      HiddenRanges(ranges: base.comments).range(around: offset)
      .map { $0.lowerBound < offset } ?? false
    return isHidden ? "it would land in a `%%` comment" : nil
  }

  private mutating func plan(_ region: RunRegion) {
    guard let lines = region.rendered() else {
      return refuse(.region, "its run id or callout type is not of our form")
    }
    let place = RegionPlace(base)
    if let reason = hiding(place.offset) { return refuse(.region, reason) }
    let end = place.lineEnding
    var text = end
    for line in lines { text += end + Array(line.utf8) }
    self.region = Splice(place.offset..<place.offset, text)
  }

  private mutating func plan(_ marks: [NoteMarks.Property]) {
    switch PropertyPlan.splice(marks, into: base) {
    case .success(let splice): properties = splice
    case .failure(let refusal): refuse(.properties, refusal.reason)
    }
  }
}

// MARK: Checking

extension NoteInserter {
  private func splices(region: Bool, properties: Bool) -> [Splice] {
    var all = properties ? self.properties.map { [$0] } ?? [] : []
    var edits = items.flatMap(\.splices)
    // Without a final newline a group and the region share an offset: items go first. A region in the middle of
    // the note is sorted in behind them.
    if region, let splice = self.region {
      let index = edits.firstIndex { $0.range.lowerBound > splice.range.lowerBound }
      edits.insert(splice, at: index ?? edits.count)
    }
    all += edits
    return all
  }

  private mutating func verified() -> Insertion {
    let ways = [(true, true), (false, true), (true, false), (false, false)]
    var isFirst = true
    for (region, properties) in ways {
      if !isFirst, self.region == nil && !region || self.properties == nil && !properties {
        continue
      }
      isFirst = false
      guard let bytes = attempt(region: region, properties: properties) else { continue }
      if !region, self.region != nil { refuse(.region, reasonForRegion) }
      if !properties, self.properties != nil {
        refuse(.properties, "the note's properties would not read the same")
      }
      return Insertion(bytes: bytes, refusals: refusals)
    }
    refuse(.note, "its Markdown would not read the same with the marks in it")
    return Insertion(bytes: base.bytes, refusals: refusals)
  }

  /// The note with the marks, nil where a check fails. Items that break their own line are given up first.
  private mutating func attempt(region: Bool, properties: Bool) -> [UInt8]? {
    for _ in 0..<2 {
      let splices = splices(region: region, properties: properties)
      guard !splices.isEmpty else { return base.bytes }
      guard let out = try? Note(base.applying(splices)) else { return nil }
      let check = InsertionCheck(
        base: base, out: out, splices: splices, region: region ? self.region : nil)
      let broken = check.brokenLines(items.map(\.line))
      if broken.isEmpty { return check.isSound ? out.bytes : nil }
      for item in items where broken.contains(item.line) {
        refuse(.item(item.task), "it would land in a link, a tag or code that goes on below")
      }
      items.removeAll { broken.contains($0.line) }
    }
    return nil
  }

  private var reasonForRegion: String {
    let line = RegionPlace(base).line ?? 0
    switch base.blocks.last(where: { $0.line <= line })?.kind {
    case .fence: return "it would land in a fence that is not closed"
    case .html: return "it would land in HTML that is not closed"
    default: return "the note's Markdown would not read the same with it"
    }
  }
}
