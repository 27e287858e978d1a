/// The last check before anything is written: with the marks in it, the rest of the note reads as before, and
/// without them it is the note that it was.
struct InsertionCheck {
  private let base: Note
  private let out: Note
  private let splices: [Splice]
  /// The region's bytes in `out`.
  private let region: Range<Int>
  /// How many lines the properties and the region take.
  private let propertyLines: Int
  private let regionLine: Int
  private let regionLines: Int

  init(base: Note, out: Note, splices: [Splice], region: Splice?) {
    self.base = base
    self.out = out
    self.splices = splices
    propertyLines = out.bodyLine - base.bodyLine
    regionLines = out.lines.count - base.lines.count - propertyLines
    regionLine = region.map { base.lines.line(at: $0.range.lowerBound) } ?? base.lines.count
    guard let region, let index = splices.firstIndex(of: region) else {
      self.region = 0..<0
      return
    }
    let before = splices[..<index].reduce(0) { $0 + $1.replacement.count - $1.range.count }
    let start = region.range.lowerBound + before
    self.region = start..<start + region.replacement.count
  }

  var isSound: Bool {
    out.bodyLine >= base.bodyLine && hasSameBlocks && hasSameTasks && hasSameFences
      && hasSameProperties && hasSameComments && stripsToBase
  }

  /// One round of strip is enough: the base has no marks, so what equals it needs no second.
  private var stripsToBase: Bool { out.applying(MarkFinder(out).removals) == base.bytes }

  private var hasSameComments: Bool {
    base.comments.count == out.comments.count
      && (base.openComment == nil) == (out.openComment == nil)
      && (base.openMath == nil) == (out.openMath == nil)
  }

  // MARK: Blocks

  private var hasSameBlocks: Bool {
    var shift = Shift(splices)
    var places: [Int] = []
    var index = 0
    for (number, block) in out.blocks.enumerated() {
      if region.contains(block.start) {
        guard block.parent.map({ places[$0] < 0 }) ?? true else { return false }
        places.append(-1)
        continue
      }
      guard index < base.blocks.count else { return false }
      let old = base.blocks[index]
      guard old.kind == block.kind, shift.map(old.start) == block.start,
        block.parent.map({ places[$0] }) == old.parent, line(old.lastLine) == block.lastLine
      else { return false }
      places.append(index)
      index += 1
      if places.count != number + 1 { return false }
    }
    return index == base.blocks.count
  }

  private func line(_ old: Int) -> Int {
    old + propertyLines + (old > regionLine ? regionLines : 0)
  }

  private var hasSameTasks: Bool {
    var shift = Shift(splices)
    guard base.tasks.count == out.tasks.count else { return false }
    return zip(base.tasks, out.tasks).allSatisfy { old, new in
      shift.map(old.mark.lowerBound) == new.mark.lowerBound && old.parent == new.parent
    }
  }

  private var hasSameFences: Bool {
    let kept = out.fences.filter { !region.contains(out.blocks[$0.block].start) }
    guard kept.count == base.fences.count else { return false }
    return zip(base.fences, kept).allSatisfy { old, new in
      old.code == new.code && old.task == new.task
        && (old.closingLine == nil) == (new.closingLine == nil)
    }
  }

  private var hasSameProperties: Bool {
    guard let old = base.frontMatter else { return out.frontMatter == nil }
    guard let new = out.frontMatter, new.entries.count >= old.entries.count,
      base.problems.count == out.problems.count, old.isExtensible == new.isExtensible
    else { return false }
    return zip(old.entries, new.entries).allSatisfy {
      $0.key == $1.key && $0.value.isSameText(as: $1.value)
    }
  }

  // MARK: Lines

  /// The lines (of the base) whose inline Markdown changed by more than a text that grew.
  func brokenLines(_ lines: [Int]) -> Set<Int> {
    guard !lines.isEmpty else { return [] }
    let old = CommonMark.inlines(of: base, onLines: Set(lines))
    let shifted = lines.map { ($0, line($0)) }
    let new = CommonMark.inlines(of: out, onLines: Set(shifted.map(\.1)))
    var broken: Set<Int> = []
    for (line, place) in shifted {
      guard let before = old[line], let after = new[place], isGrown(before, after) else {
        broken.insert(line)
        continue
      }
    }
    return broken
  }

  /// Only plain text was added, and nothing changed but the box.
  private func isGrown(_ before: [UInt8], _ after: [UInt8]) -> Bool {
    var after = after
    guard after.count >= before.count, before.count >= 3, after[0] == before[0] else {
      return false
    }
    if before[1] == 0x20, after[1] == UInt8(ascii: "x") { after[1] = 0x20 }
    let added = after.count - before.count
    var same = 0
    while same < before.count, before[same] == after[same] { same += 1 }
    return before[same...].elementsEqual(after[(same + added)...])
      && !after[same..<same + added].contains(0)
      && !CommonMark.isInLink(before[..<same])
  }
}
