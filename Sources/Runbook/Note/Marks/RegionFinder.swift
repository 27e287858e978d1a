/// Recognises our blocks by line, at column 0, outside code and HTML. Not by cmark's quotes: where a blank line
/// was deleted, ours and the user's are one quote.
///
/// What remains: text added inside the summary's own quote goes with it; a callout of ours that was copied elsewhere
/// in the note is taken for ours there; one that lost the blank line between it and an HTML block is HTML.
struct RegionFinder {
  private enum Opening {
    case callout(run: String)
    case identifier(run: String)

    var run: String {
      switch self {
      case .callout(let run), .identifier(let run): run
      }
    }
  }

  private let bytes: [UInt8]
  private let lines: LineTable
  /// For each line of the current quote, the longest closing fence on it or below it.
  private var closers: (lines: Range<Int>, longest: [Int]) = (0..<0, [])
  private(set) var regions: [MarkedRegion] = []

  init(_ note: Note) {
    bytes = note.bytes
    lines = note.lines
    var code = note.blocks.lazy.filter(Self.isCode).makeIterator()
    var hidden = code.next()
    var line = note.bodyLine
    var open: (first: Int, last: Int, runs: [String], summaries: Int)?
    while line < lines.count {
      while let block = hidden, block.lastLine < line { hidden = code.next() }
      let isHidden = hidden.map { $0.line <= line } ?? false
      guard !isHidden, let opening = opening(line) else {
        if !NoteText.isBlank(lines.content(of: line), in: bytes) { close(&open) }
        line += 1
        continue
      }
      let (last, isLog) = end(of: opening, at: line)
      var region = open ?? (first: line, last: last, runs: [], summaries: 0)
      region.last = last
      if !region.runs.contains(opening.run) { region.runs.append(opening.run) }
      if case .callout = opening, !isLog { region.summaries += 1 }
      open = region
      // A log whose fence was torn open is no reason not to see what stands below it.
      while let block = hidden, block.line <= last { hidden = code.next() }
      line = last + 1
    }
    close(&open)
  }

  private static func isCode(_ block: MarkdownBlock) -> Bool {
    block.kind == .fence || block.kind == .indentedCode || block.kind == .html
  }

  private mutating func close(
    _ open: inout (first: Int, last: Int, runs: [String], summaries: Int)?
  ) {
    guard let region = open else { return }
    regions.append(
      MarkedRegion(
        lines: region.first...region.last, runs: region.runs, summaries: region.summaries,
        range: removal(of: region.first...region.last)))
    open = nil
  }

  /// The region goes with the blank line above it, unless text below would then join what stands above.
  private func removal(of region: ClosedRange<Int>) -> Range<Int> {
    let first = region.lowerBound
    let end = lines.content(of: region.upperBound).upperBound
    guard first > 0 else { return 0..<end }
    let isBelowBlank = NoteText.isBlank(lines.content(of: first - 1), in: bytes)
    guard isBelowBlank, !isTextDirectlyBelow(region.upperBound) else {
      return lines.content(of: first - 1).upperBound..<end
    }
    return (first > 1 ? lines.content(of: first - 2).upperBound : 0)..<end
  }

  private func isTextDirectlyBelow(_ line: Int) -> Bool {
    guard line + 1 < lines.count else { return false }
    let text = lines.content(of: line + 1)
    return !NoteText.isBlank(text, in: bytes) && !isATXHeading(text)
  }

  private func isATXHeading(_ range: Range<Int>) -> Bool {
    let text = NoteText.trimmed(range, in: bytes)
    let marks = text.prefix { bytes[$0] == UInt8(ascii: "#") }.count
    guard (1...6).contains(marks), text.lowerBound - range.lowerBound < 4 else { return false }
    return marks == text.count || NoteText.isSpace(bytes[text.lowerBound + marks])
  }
}

// MARK: Our lines

extension RegionFinder {
  private func opening(_ line: Int) -> Opening? {
    let range = lines.content(of: line)
    guard let first = range.first else { return nil }
    if bytes[first] == UInt8(ascii: "^") { return identifier(range).map { .identifier(run: $0) } }
    if bytes[first] == UInt8(ascii: ">") { return callout(range).map { .callout(run: $0) } }
    return nil
  }

  /// `^run-ID`, alone on its line.
  private func identifier(_ range: Range<Int>) -> String? {
    guard NoteText.hasPrefix("^run-", at: range.lowerBound, in: bytes) else { return nil }
    return run(at: range.lowerBound + 5, in: range).flatMap { run, end in
      NoteText.isBlank(end..<range.upperBound, in: bytes) ? run : nil
    }
  }

  /// `> [!type|runbook-ID]`, perhaps `-` or `+`, then a space or the line's end.
  private func callout(_ range: Range<Int>) -> String? {
    guard NoteText.hasPrefix("> [!", at: range.lowerBound, in: bytes) else { return nil }
    var index = range.lowerBound + 4
    while index < range.upperBound, isLetter(bytes[index]) { index += 1 }
    guard index > range.lowerBound + 4, NoteText.hasPrefix("|runbook-", at: index, in: bytes),
      let (run, end) = run(at: index + 9, in: range), end < range.upperBound,
      bytes[end] == UInt8(ascii: "]")
    else { return nil }
    index = end + 1
    if index < range.upperBound, bytes[index] == 0x2D || bytes[index] == 0x2B { index += 1 }
    return index == range.upperBound || NoteText.isSpace(bytes[index]) ? run : nil
  }

  private func run(at start: Int, in range: Range<Int>) -> (run: String, end: Int)? {
    let end = start + RunIdentifier.length
    guard end <= range.upperBound, RunIdentifier.isIdentifier(bytes[start..<end]) else {
      return nil
    }
    return (NoteText.string(start..<end, in: bytes), end)
  }

  private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  /// The last line of a block. A log ends at its own closing fence: what Obsidian's Enter adds below it is the
  /// user's. Without one, and in a summary, the quote's lines are ours up to our next opening.
  private mutating func end(of opening: Opening, at line: Int) -> (last: Int, isLog: Bool) {
    guard case .callout = opening else { return (line, false) }
    let length = fenceLength(line + 1, allowsInfo: true)
    if length >= 3, let closer = closer(after: line + 1, length: length) { return (closer, true) }
    var last = line
    while isQuote(last + 1), self.opening(last + 1) == nil { last += 1 }
    return (last, length >= 3)
  }

  private func isQuote(_ line: Int) -> Bool {
    guard line < lines.count, let first = lines.content(of: line).first else { return false }
    return bytes[first] == UInt8(ascii: ">")
  }

  /// The number of backticks on a line of the form `> ```…`; 0 where it has another.
  private func fenceLength(_ line: Int, allowsInfo: Bool) -> Int {
    guard line < lines.count else { return 0 }
    let range = lines.content(of: line)
    guard NoteText.hasPrefix("> ```", at: range.lowerBound, in: bytes) else { return 0 }
    var end = range.lowerBound + 2
    while end < range.upperBound, bytes[end] == UInt8(ascii: "`") { end += 1 }
    let rest = end..<range.upperBound
    guard allowsInfo || NoteText.isBlank(rest, in: bytes) else { return 0 }
    return rest.contains { bytes[$0] == UInt8(ascii: "`") } ? 0 : end - range.lowerBound - 2
  }

  private mutating func closer(after line: Int, length: Int) -> Int? {
    measureClosers(from: line)
    guard line + 1 < closers.lines.upperBound,
      closers.longest[line + 1 - closers.lines.lowerBound] >= length
    else { return nil }
    var candidate = line + 1
    while fenceLength(candidate, allowsInfo: false) < length { candidate += 1 }
    return candidate
  }

  /// Once a quote, from its end: torn logs one after the other would otherwise each search to the end.
  private mutating func measureClosers(from line: Int) {
    guard !closers.lines.contains(line) else { return }
    var end = line
    while isQuote(end) { end += 1 }
    var longest = [Int](repeating: 0, count: end - line)
    var best = 0
    for index in (line..<end).reversed() {
      best = max(best, fenceLength(index, allowsInfo: false))
      longest[index - line] = best
    }
    closers = (line..<end, longest)
  }
}
