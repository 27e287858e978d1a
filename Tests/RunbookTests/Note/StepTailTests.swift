import Testing

@testable import Runbook

/// The end of a step's line is read once, by plan and record alike.
@Suite struct StepTailTests {
  private static let words = [
    "Build", "the site", "v1.2", "Fix #42", "a·b", "`code #x`", "📦", "2 * 3", "(all)", "[[Note]]",
  ]
  private static let tokens = [
    "#prod", "#a/b-c", "#été", "📅 2026-01-01", "⏫", "🔼️", "🔁 every week on Monday", "⛔ abc, def",
    "⛔ abc", "🆔 x1", "🏁 delete", "[due:: 2026-01-01]", "(priority:: high)", "{timeout=3s}",
    "{host=\"a b\" if=X}", "[x:: fine] · [y:: z]",
  ]

  private func line(_ random: inout SeededGenerator) -> String {
    var parts = (0..<1 + random.below(2)).map { _ in random.pick(Self.words) }
    var attributes = 0
    for _ in 0..<random.below(5) {
      let token = random.pick(Self.tokens)
      if token.hasPrefix("{") {
        attributes += 1
        if attributes > 1 { continue }
      }
      parts.append(token)
    }
    if random.chance(40) { parts.append("^id-\(random.below(9))") }
    let end = random.pick(["", " ", "  ", "\\", "\t"])
    return "- [ ] " + parts.joined(separator: random.pick([" ", "  "])) + end
  }

  private struct Reading: Equatable {
    let title: String
    let shown: String
    let id: String?
    let attributes: String?

    init(_ text: String) throws {
      let note = try Note(Array(text.utf8))
      let step = StepText(note, note.tasks[0])
      title = step.title
      shown = step.shown
      id = step.blockID
      attributes = step.attributes.map { note.text($0) }
    }
  }

  /// A record's fields change nothing of what the plan reads.
  @Test func aGroupInItsPlaceIsNotRead() throws {
    var random = SeededGenerator(SeededGenerator.seed)
    for _ in 0..<3_000 {
      let text = line(&random)
      let note = try Note(Array(text.utf8))
      let marks = NoteMarks(items: [
        NoteMarks.Item(
          task: 0, group: ItemGroup(took: 1.2, at: "10:00:00"), ticks: false)
      ])
      let insertion = NoteInserter.insert(marks, into: note)
      guard insertion.refusals.isEmpty else { continue }
      let marked = String(decoding: insertion.bytes, as: UTF8.self)
      #expect(try Reading(marked) == Reading(text), "\(text) → \(marked)")
      #expect(Note.stripping(insertion.bytes) == note.bytes)
    }
  }

  /// Nothing of what is drawn behind the words is left in them.
  @Test(arguments: tokens) func aTokenIsNoWord(_ token: String) throws {
    for text in ["- [ ] Build \(token)", "- [ ] Build \(token) ^id", "- [ ] Build #x \(token) #y"] {
      #expect(try Reading(text).title == "Build")
    }
  }

  @Test(arguments: [
    ("Deploy #prod", "Deploy", "Deploy #prod"),
    ("Deploy #prod {timeout=3s} #now ^id", "Deploy", "Deploy #prod #now"),
    ("Fix #urgent things ⛔ abc, def {timeout=3s}", "Fix things", "Fix #urgent things"),
    ("#prod", "", "#prod"),
    ("Call 📅 tomorrow", "Call 📅 tomorrow", "Call 📅 tomorrow"),
    ("Build \\", "Build", "Build"),
  ])
  func tagsAreShownAndTellNoStepsApart(_ text: String, _ title: String, _ shown: String) throws {
    let reading = try Reading("- [ ] \(text)")
    #expect(reading.title == title)
    #expect(reading.shown == shown)
  }
}
