import Foundation
import Testing

@testable import Runbook

/// Merging two people's copies of a note loses no line of theirs that git's own merge would keep.
@Suite(.paced) struct NoteMergeLawTests {
  private static let seed =
    ProcessInfo.processInfo.environment["RUNBOOK_SEED"].flatMap(UInt64.init) ?? 20_261_123

  /// Marks as a run writes them, of any of the notes that are drawn here.
  private static func annotated(
    _ bytes: [UInt8], run: Int, _ random: inout DrawnNumbers
  ) throws -> [UInt8] {
    let note = try Note(Note.stripping(bytes))
    let id = "20260821-14\(10 + run)10-000\(run)"
    let moment = "2026-08-21 14:\(10 + run):10"
    let items = note.tasks.indices.filter { _ in random.below(5) > 0 }.map { task in
      random.below(3) == 0
        ? NoteMarks.Item(
          task: task, group: ItemGroup(result: .failed, exit: run, at: "14:02:1\(run)"),
          ticks: false)
        : NoteMarks.Item(
          task: task, group: ItemGroup(took: Double(run) + 0.5, at: "14:02:1\(run)"), ticks: true)
    }
    let region = RunRegion(
      run: id, type: "success", title: "\(moment) +02:00 · succeeded · 3 of 3",
      body: ["by ana on laptop"],
      logs: [LogCallout(type: "success", title: "A", isFolded: true, lines: ["of run \(run)"])])
    let properties: [NoteMarks.Property] = [
      .init("run_status", .text("succeeded")), .init("run_seconds", .literal("\(run).5")),
      .init("run_id", .text(id)),
    ]
    return note.inserting(NoteMarks(items: items, region: region, properties: properties)).bytes
  }

  private static func drawn(_ random: inout DrawnNumbers) -> [UInt8] {
    var lines = random.below(3) > 0 ? ["---", "tags: [runbook]", "---"] : []
    for number in 0..<4 + random.below(8) {
      switch random.below(4) {
      case 0: lines += ["", "Prose \(number)", ""]
      case 1: lines += ["", "## Part \(number)", ""]
      default: lines += ["- [ ] Step \(number)", "  ```bash", "  echo \(number)", "  ```"]
      }
    }
    if random.below(4) == 0 { lines += ["", "## Run log", "", "After \(lines.count)"] }
    let ending = random.below(5) == 0 ? "\r\n" : "\n"
    return Array((lines.joined(separator: ending) + (random.below(5) == 0 ? "" : ending)).utf8)
  }

  /// As a person would, in the text around the marks.
  private static func edited(
    _ bytes: [UInt8], by name: String, _ random: inout DrawnNumbers
  ) -> [UInt8] {
    let isCRLF = bytes.contains(13)
    var lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: isCRLF ? "\r\n" : "\n", omittingEmptySubsequences: false).map(String.init)
    for number in 0..<1 + random.below(3) {
      let place = random.below(lines.count + 1)
      switch random.below(6) {
      case 0 where place < lines.count && lines[place].hasPrefix("Prose"): lines.remove(at: place)
      case 1 where place < lines.count && lines[place].hasPrefix("  echo"):
        lines[place] += " # \(name) \(number)"
      case 2 where place < lines.count && lines[place].hasPrefix("- [ ] "):
        lines[place] = lines[place].replacing("- [ ]", with: "- [x]")
      case 3: lines += ["", "\(name) at the end \(number)"]
      default:
        let isFence = lines[..<place].count { $0.hasPrefix("  ```") } % 2 == 1
        let isFront = lines.first == "---" && place < 3
        if !isFence, !isFront {
          lines.insert(contentsOf: ["", "\(name) \(number)", ""], at: place)
        }
      }
    }
    return Array(lines.joined(separator: isCRLF ? "\r\n" : "\n").utf8)
  }

  @Test(arguments: 0..<8) func noLineIsLost(chunk: Int) throws {
    var random = DrawnNumbers(state: Self.seed &+ UInt64(chunk) &* 7919)
    var clean = 0
    for _ in 0..<25 {
      let note = Self.drawn(&random)
      let base = random.below(3) == 0 ? note : try Self.annotated(note, run: 1, &random)
      var ours = Self.edited(base, by: "ana", &random)
      var theirs = Self.edited(base, by: "bob", &random)
      if random.below(4) > 0 { ours = try Self.annotated(ours, run: 2 + random.below(3), &random) }
      if random.below(4) > 0 {
        theirs = try Self.annotated(theirs, run: 5 + random.below(3), &random)
      }
      let merge = NoteMerge(base: base, ours: ours, theirs: theirs)
      let sides = merge.stripped
      let text = try Self.merged(sides.base, sides.ours, sides.theirs)
      let result = text.hasConflict ? text.bytes : merge.marking(text.bytes).bytes
      let what = Comment("RUNBOOK_SEED=\(Self.seed), chunk \(chunk)")
      if !text.hasConflict {
        clean += 1
        #expect(Note.stripping(result) == text.bytes, what)
        #expect(try Note(result).ownMarks.runs.count <= 1, what)
      }
      // What git makes of the notes as they are, marks and all.
      let plain = try Self.merged(base, ours, theirs)
      guard !plain.hasConflict else { continue }
      let kept = Self.counts(Note.stripping(result))
      for (line, count) in Self.counts(Note.stripping(plain.bytes)) where !line.isEmpty {
        #expect(kept[line, default: 0] >= count, what)
      }
    }
    #expect(clean > 5)
  }

  private static func merged(
    _ base: [UInt8], _ ours: [UInt8], _ theirs: [UInt8]
  ) throws -> (bytes: [UInt8], hasConflict: Bool) {
    try GitMerge.merge(
      base: base, ours: ours, theirs: theirs, labels: ["ours", "base", "theirs"], markerSize: 7,
      environment: ProcessInfo.processInfo.environment)
  }

  private static func counts(_ bytes: [UInt8]) -> [String: Int] {
    String(decoding: bytes, as: UTF8.self)
      .split(omittingEmptySubsequences: true) { $0 == "\n" || $0 == "\r\n" }
      .reduce(into: [:]) { $0[String($1), default: 0] += 1 }
  }
}

/// SplitMix64.
struct DrawnNumbers {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((value ^ (value >> 31)) % UInt64(max(bound, 1)))
  }
}
