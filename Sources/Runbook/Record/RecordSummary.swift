/// A record note as far as statistics need it: read again from the note itself, since a vault is shared and outlives
/// the machine that ran.
public struct RecordSummary: Sendable, Equatable {
  public struct Step: Sendable, Equatable {
    /// `Parent › Child`
    public let name: String
    public let result: String
    public let seconds: Double?
  }

  public let run: RunID
  /// The record note's name; empty where it doesn't matter.
  public let title: String
  /// The note that was run: its path without `.md`, as the record has it.
  public private(set) var runbook: String
  public let status: String
  /// `2026-08-21T14:02:10`, by the clock where it ran.
  public let started: String
  /// Where the run stands among all, in milliseconds since 1970: no clock that was set back, and no zone, moves it.
  public let order: Int64
  public let seconds: Double?
  public let user: String
  /// The step that it failed at.
  public let failed: String
  /// It undid another run later, and is no run of the workflow itself.
  public let isRollback: Bool
  /// From 1: a run that was gone on with has a record of each of its ends, and the last one tells of all.
  public let part: Int
  public let steps: [Step]

  /// Nil for a note that is no record. Its Markdown isn't parsed: only its front matter is, and the table.
  public init?(_ bytes: [UInt8], title: String = "") {
    guard bytes.starts(with: Array("---".utf8)), bytes.count <= Note.sizeLimit,
      bytes.firstRange(of: Self.tag) != nil
    else { return nil }
    let lines = LineTable(bytes)
    guard let place = FrontMatterLines(bytes, lines) else { return nil }
    let front = FrontMatterReader.read(bytes, lines, place).0
    func words(_ key: String) -> [String] {
      front.entries.first { $0.key == key }?.value.words ?? []
    }
    guard words("tags").contains("runbook-run"), let id = words("run_id").first,
      let run = RunID(id), let link = words("runbook").first, let status = words("run_status").first
    else { return nil }
    self.run = run
    self.title = title
    runbook = NoteLink(property: link).target
    self.status = status
    let started = words("run_started").first ?? ""
    self.started = started
    order =
      words("run_order").first.flatMap { Int64($0) }
      ?? Self.moment(started, bytes[lines.content(of: place.closingLine).upperBound...])
    seconds = words("run_seconds").first.flatMap(Self.number)
    user = words("user").first ?? ""
    failed = words("run_failed").first ?? ""
    isRollback = !words("undoes").isEmpty
    part = words("part").first.flatMap { Int($0) } ?? 1
    steps = Self.steps(bytes, lines, from: place.closingLine + 1)
  }

  /// Whether the beginning of a record holds all that is read of it: the table of the steps has ended.
  public static func isEnough(_ bytes: [UInt8]) -> Bool {
    guard let heading = bytes.firstRange(of: Self.heading),
      let row = bytes[heading.upperBound...].firstRange(of: Self.row)
    else { return false }
    return bytes[row.upperBound...].firstRange(of: Self.blankLine) != nil
  }

  private static let heading = Array("\n## Steps\n".utf8)
  private static let row = Array("\n|".utf8)
  private static let blankLine = Array("\n\n".utf8)
  private static let tag = Array("runbook-run".utf8)

  /// With the note's path as the vault has it by now.
  public func locating(_ path: (String) -> String) -> RecordSummary {
    var found = self
    found.runbook = path(runbook)
    return found
  }

  /// A record from before runs had an order tells its zone in the line of its beginning: `2026-08-21 14:02:10 +02:00`.
  private static func moment(_ started: String, _ text: ArraySlice<UInt8>) -> Int64 {
    let time = Array(started.replacing("T", with: " ").utf8) + [0x20]
    let zone =
      text.firstRange(of: time).map {
        String(decoding: text[$0.upperBound...].prefix(6), as: UTF8.self)
      } ?? ""
    return
      (WallTime(text: "\(started).000\(zone)") ?? WallTime(text: "\(started).000+00:00"))?
      .milliseconds ?? 0
  }

  private static func number(_ text: String) -> Double? {
    guard let number = Double(text), number.isFinite, number >= 0 else { return nil }
    return number
  }

  // MARK: The table

  private static func steps(_ bytes: [UInt8], _ lines: LineTable, from start: Int) -> [Step] {
    var line = start
    while line < lines.count, NoteText.string(lines.content(of: line), in: bytes) != "## Steps" {
      line += 1
    }
    var columns: [String]?
    var parents: [String] = []
    var steps: [Step] = []
    for line in min(line + 1, lines.count)..<lines.count {
      let range = lines.content(of: line)
      guard NoteText.hasPrefix("|", at: range.lowerBound, in: bytes) else {
        if columns == nil, NoteText.isBlank(range, in: bytes) { continue }
        break
      }
      let cells = Self.cells(bytes[range])
      guard let known = columns else {
        columns = cells
        continue
      }
      if let step = step(cells, known, &parents) { steps.append(step) }
    }
    return steps
  }

  private static func cells(_ line: ArraySlice<UInt8>) -> [String] {
    line.dropFirst().split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self).trimmingSpaces }
  }

  private static func step(
    _ cells: [String], _ columns: [String], _ parents: inout [String]
  ) -> Step? {
    func cell(_ column: String) -> String? {
      columns.firstIndex(of: column).flatMap { cells.indices.contains($0) ? cells[$0] : nil }
    }
    guard var name = cell("Step"), let result = cell("Result"), !isRule(name) else { return nil }
    var depth = 0
    while name.hasPrefix(RecordSteps.indent) {
      name.removeFirst(RecordSteps.indent.count)
      depth += 1
    }
    parents = Array(parents.prefix(depth)) + [name]
    return Step(
      name: parents.joined(separator: " › "), result: result,
      seconds: cell("Seconds").flatMap(number))
  }

  private static func isRule(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":") }
  }
}

extension RecordSummary {
  public var hasSucceeded: Bool {
    status == Outcome.succeeded.rawValue || status == Outcome.warnings.rawValue
  }
}

extension RecordSummary.Step {
  /// It did its work; that it was undone later doesn't take that back.
  var hasSucceeded: Bool {
    // `done: by ana`, `succeeded · rollback failed`.
    let word = result.prefix { $0 != ":" && $0 != "·" }
    return ["succeeded", "warning", "done", "rolled back"].contains(String(word).trimmingSpaces)
  }

  /// Neither skipped, nor done by hand before, nor never reached.
  var hasRun: Bool {
    !["skipped", "by hand", "not run"].contains { result.hasPrefix($0) }
  }
}
