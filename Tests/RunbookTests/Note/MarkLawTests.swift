import Foundation
import TestSupport
import Testing

@testable import Runbook

/// The laws of writing back, over drawn notes, the hostile corpus and the CommonMark examples:
/// `strip(strip e) = strip e`, `strip(annotate(e, s)) = strip e`, `annotate` twice is `annotate` once, and the
/// rest of the note reads the same.
@Suite struct MarkLawTests {
  /// Of 250 notes each; 10,000 notes in the long form.
  private static let chunks = LongForm.isWanted ? 40 : 2

  @Test(arguments: 0..<chunks) func drawnNotes(chunk: Int) {
    let seed = SeededGenerator.seed &+ UInt64(chunk) &* 1_000_003
    var notes = HostileNotes(seed: seed)
    for _ in 0..<250 {
      let note = notes.note()
      guard let annotated = Laws.hold(for: note, &notes.random) else { return tell(note, seed) }
      let edited = EditedNotes.edit(annotated, &notes.random)
      guard Laws.hold(for: edited, &notes.random) != nil else { return tell(edited, seed) }
    }
  }

  private func tell(_ note: [UInt8], _ seed: UInt64) {
    Issue.record(
      "RUNBOOK_SEED=\(SeededGenerator.seed), chunk seed \(seed): \(String(decoding: note, as: UTF8.self).debugDescription)"
    )
  }

  static let corpus = Golden.folder.deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/corpus")
  static let hasCorpus = FileManager.default.fileExists(atPath: corpus.path)

  static func texts(_ file: String, _ key: String) throws -> [[UInt8]] {
    let data = try Data(contentsOf: corpus.appendingPathComponent(file))
    let entries = try JSONSerialization.jsonObject(with: data) as? [[String: Any]] ?? []
    return entries.compactMap { $0[key] as? String }.map { text in
      guard text.hasPrefix("base64:") else { return Array(text.utf8) }
      return Data(base64Encoded: String(text.dropFirst(7))).map(Array.init) ?? []
    }
  }

  @Test(.enabled(if: hasCorpus, "shared/corpus is not beside the project"))
  func nastyNotes() throws {
    let notes = try Self.texts("nasty.json", "note")
    #expect(notes.count == 147)
    var random = SeededGenerator(SeededGenerator.seed)
    for note in notes {
      for _ in 0..<(LongForm.isWanted ? 6 : 1) {
        guard let annotated = Laws.hold(for: note, &random) else { return tell(note, 0) }
        let edited = EditedNotes.edit(annotated, &random)
        guard Laws.hold(for: edited, &random) != nil else { return tell(edited, 0) }
      }
    }
  }

  @Test(.enabled(if: hasCorpus, "shared/corpus is not beside the project"))
  func commonMarkExamples() throws {
    let examples = try Self.texts("commonmark-0.31.2.json", "markdown")
    #expect(examples.count == 652)
    var random = SeededGenerator(SeededGenerator.seed)
    for example in examples {
      let text = String(decoding: example, as: UTF8.self)
      let unended = text.hasSuffix("\n") ? String(text.dropLast()) : text
      let task = "- [ ] a\n\n"
      let forms = [
        text, text.replacingOccurrences(of: "\n", with: "\r\n"), unended, task + text,
        text + "\n- [ ] a\n",
      ]
      for form in LongForm.isWanted ? forms : [forms[random.below(forms.count)]] {
        guard Laws.hold(for: Array(form.utf8), &random) != nil else {
          return tell(Array(form.utf8), 0)
        }
      }
    }
  }
}

/// The laws for one note. Plain comparisons: tens of thousands of expectations would cost more than the work.
enum Laws {
  /// The annotated note, nil where a law breaks (which is recorded).
  static func hold(for note: [UInt8], _ random: inout SeededGenerator) -> [UInt8]? {
    let stripped = Note.stripping(note)
    guard Note.stripping(stripped) == stripped else { return broken("strip is not idempotent") }
    guard isOnlyTakenFrom(note, stripped) else { return broken("strip changes what is not ours") }
    guard let base = try? Note(stripped) else { return note }
    let marks = DrawnMarks.marks(for: base, &random)
    let insertion = base.inserting(marks)
    let out = insertion.bytes
    guard Note.stripping(out) == stripped else { return broken("strip does not undo annotate") }
    guard let annotated = try? Note(out) else { return broken("the annotated note is unreadable") }
    guard isSameOutside(base, annotated) else { return broken("the rest reads differently") }
    if random.chance(20) {
      guard let again = try? Note(Note.stripping(out)), again.inserting(marks).bytes == out else {
        return broken("annotate is not idempotent")
      }
    }
    return out
  }

  /// Strip takes bytes away, and empties boxes; it never adds or moves anything.
  private static func isOnlyTakenFrom(_ note: [UInt8], _ stripped: [UInt8]) -> Bool {
    var index = 0
    for byte in stripped {
      let isBox = byte == 0x20
      while index < note.count, note[index] != byte,
        !(isBox && index > 0 && note[index - 1] == 0x5B && note[index] | 0x20 == 0x78)
      {
        index += 1
      }
      guard index < note.count else { return false }
      index += 1
    }
    return true
  }

  private static func broken(_ law: Comment) -> [UInt8]? {
    Issue.record(law)
    return nil
  }

  /// Told apart from the writer's own check: by the text of blocks, not by shifted offsets.
  private static func isSameOutside(_ base: Note, _ annotated: Note) -> Bool {
    let region = annotated.ownMarks.regions.map(\.lines)
    let kept = annotated.blocks.filter { block in !region.contains { $0.contains(block.line) } }
    guard kept.count == base.blocks.count else { return false }
    for (old, new) in zip(base.blocks, kept) where old.kind != new.kind { return false }
    return base.tasks.count == annotated.tasks.count
      && base.headings.map(\.text) == annotated.headings.map(\.text)
  }
}

/// What people, editors and merges do to an annotated note.
enum EditedNotes {
  static func edit(_ note: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var lines = note.split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
    for _ in 0..<1 + random.below(3) {
      let index = random.below(lines.count)
      switch random.below(9) {
      case 0 where lines.count > 1: lines.remove(at: index)
      case 1: lines.insert(lines[random.below(lines.count)], at: index)
      case 2: lines.insert([], at: index)
      case 3:
        lines.insert(Array(random.pick(["> mine", "mine", "# New", "```", "%%"]).utf8), at: index)
      case 4 where !lines[index].isEmpty: lines[index].remove(at: random.below(lines[index].count))
      case 5: lines[index].insert(contentsOf: Array("> ".utf8), at: 0)
      case 6: lines[index] = wrapped(lines[index], &random)
      case 7: lines[index] = lines[index].map { $0 == UInt8(ascii: "x") ? 0x20 : $0 }
      default: lines.swapAt(index, random.below(lines.count))
      }
    }
    return Array(lines.joined(separator: [10]))
  }

  private static func wrapped(_ line: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    guard let space = line.indices.filter({ line[$0] == 0x20 }).randomElement(using: &random) else {
      return line
    }
    return line[..<space] + [10, 0x20, 0x20] + line[(space + 1)...]
  }
}
