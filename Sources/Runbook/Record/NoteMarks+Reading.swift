extension NoteMarks {
  /// The marks that a note carries, read back as values, so that they can be put into another version of it.
  ///
  /// - Returns: marks with items by their index in the note, which is also theirs in the note without marks.
  init(readingFrom note: Note) {
    let own = note.ownMarks
    let items = own.groups.compactMap { group -> Item? in
      guard let task = group.task else { return nil }
      let mark = note.text(note.tasks[task].mark)
      let isTicked = mark == "x" || mark == "X"
      return Item(task: task, group: group.group, ticks: isTicked && group.group.result != .byHand)
    }
    self.init(
      items: items, region: own.regions.lazy.compactMap { Self.region($0, note) }.first,
      properties: own.propertyRun == nil ? [] : Self.properties(note))
  }

  private static func properties(_ note: Note) -> [Property] {
    MarkFinder(note).properties.compactMap { entry in
      guard case .scalar(let text, _) = entry.value else { return nil }
      let isLiteral = ["run_started", "run_seconds", "run_steps"].contains(entry.key)
      return Property(entry.key, isLiteral ? .literal(text) : .text(text))
    }
  }

  // MARK: The region

  private static func region(_ place: OwnMarks.Region, _ note: Note) -> RunRegion? {
    guard place.runs.count == 1, place.summaries == 1, let run = place.runs.first else {
      return nil
    }
    var blocks: [[String]] = []
    var isNew = true
    for line in place.lines {
      let text = note.text(note.lines.content(of: line))
      if isNew || text.hasPrefix(">") && header(text, run) != nil && !isInFence(blocks.last) {
        if !text.isEmpty { blocks.append([text]) }
      } else if !text.isEmpty {
        blocks[blocks.count - 1].append(text)
      }
      isNew = text.isEmpty
    }
    guard let summary = blocks.first, let head = summary.first.flatMap({ header($0, run) }) else {
      return nil
    }
    return RunRegion(
      run: run, type: head.type, title: head.title,
      body: summary.dropFirst().map { String($0.dropFirst(2)) },
      logs: blocks.dropFirst().compactMap { log($0, run) })
  }

  /// A log may hold lines that look like the beginning of another.
  private static func isInFence(_ block: [String]?) -> Bool {
    guard let block, block.count > 1, block[1].hasPrefix("> ```") else { return false }
    let fence = "> " + block[1].dropFirst(2).prefix { $0 == "`" }
    return !block.dropFirst(2).contains(fence)
  }

  private static func log(_ lines: [String], _ run: String) -> LogCallout? {
    guard lines.count >= 3, let head = header(lines[0], run), lines[1].hasPrefix("> ```") else {
      return nil
    }
    return LogCallout(
      type: head.type, title: head.title, isFolded: head.fold != "+",
      lines: lines.dropFirst(2).dropLast().map { String($0.dropFirst(2)) })
  }

  /// `> [!type|runbook-ID]- title`
  private static func header(
    _ line: String, _ run: String
  ) -> (type: String, fold: Character?, title: String)? {
    guard line.hasPrefix("> [!"), let mark = line.firstRange(of: "|runbook-\(run)]") else {
      return nil
    }
    let type = line[line.index(line.startIndex, offsetBy: 4)..<mark.lowerBound]
    var rest = line[mark.upperBound...]
    let fold = rest.first.flatMap { $0 == "-" || $0 == "+" ? $0 : nil }
    if fold != nil { rest = rest.dropFirst() }
    return (String(type), fold, rest.trimmingSpaces)
  }
}
