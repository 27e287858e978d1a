import Foundation
import Testing

@testable import Runbook

/// Annotated notes, byte for byte.
@Suite struct MarkedNoteTests {
  static let run = "20260821-140210-7f3a"

  static func marks(for note: Note) -> NoteMarks {
    let groups = [
      ItemGroup(took: 12.4, at: "14:02:11"),
      ItemGroup(result: .failed, exit: 23, took: 3.1, at: "14:02:24"),
      ItemGroup(result: .rolledBack, took: 65, at: "2026-08-22 00:00:01"),
      ItemGroup(result: .waiting, at: "14:02:30"),
    ]
    return NoteMarks(
      items: note.tasks.indices.map {
        .init(task: $0, group: groups[$0 % groups.count], ticks: $0 % groups.count == 0)
      },
      region: RunRegion(
        run: run, type: "failure",
        title:
          "2026-08-21 14:02:10 +02:00 · failed at “Upload dist/” · rolled back · 1 of 3 · 15.6 s",
        body: [
          "by ana on laptop · commit 1a2b3c4 (dirty) · record [[2026-08-21 140210 Workflow-Quick]]",
          "next: `runbook logs 7f3a upload`",
        ],
        logs: [
          LogCallout(
            type: "failure", title: "Upload dist/ · exit 23 · 3.1 s", isFolded: false,
            lines: [
              "… 118 lines above …", "rsync: connection unexpectedly closed", "```", "", "\tdone",
            ]),
          LogCallout(type: "success", title: "Build", isFolded: true, lines: []),
        ]),
      properties: [
        .init("run_status", .text("rolled back")),
        .init("run_started", .literal("2026-08-21T14:02:10")),
        .init("run_seconds", .literal("15.6")), .init("run_steps", .text("1 of 3")),
        .init("run_failed", .text("Upload: dist/")), .init("run_id", .text(run)),
      ])
  }

  static let notes: [(name: String, text: String)] = [
    (
      "ordinary",
      "---\ntags: [runbook] # mine\n---\n# Deploy\n\n- [ ] Build locally ^build\n  ```bash\n  make\n  ```\n"
        + "- [ ] Upload dist/ #prod 📅 2026-01-01\n- [x] Look at the site  \n- [ ] Tick this {timeout=3s}\n"
    ),
    ("crlf-bom", "\u{FEFF}---\r\na: 1\r\n---\r\n- [ ] a\r\n- [ ] b\r\n\r\n\r\n"),
    ("no-newline", "- [ ] a"),
    ("cr", "# T\r\r- [ ] a\r"),
    ("run-log", "- [ ] a\n\n## Run log\n\nmine\n\n\n# After\n\ntext\n"),
    ("run-log-setext", "- [ ] a\n\n## Run log\nAfter\n=====\n"),
    ("open-fence", "- [ ] a\n- [ ] run `b\n  c` now\n\n```bash\nmake\n"),
    ("empty", ""),
  ]

  @Test(arguments: notes) func golden(name: String, text: String) throws {
    let base = try Note(Array(text.utf8))
    let insertion = base.inserting(Self.marks(for: base))
    #expect(Note.stripping(insertion.bytes) == base.bytes)
    let refusals = insertion.refusals.map { "\($0.part): \($0.reason)\n" }.joined()
    try Golden.check(insertion.bytes, "Marked/\(name).md")
    try Golden.check(Array(refusals.utf8), "Marked/\(name).refusals")
  }

  /// Each with a group: no square anywhere.
  @Test func manySteps() throws {
    let text = (0..<3_000).map { "- [ ] step \($0) ^s\($0)\n" }.joined()
    let base = try Note(Array(text.utf8))
    let items = base.tasks.indices.map {
      NoteMarks.Item(task: $0, group: ItemGroup(took: 1, at: "14:02:11"), ticks: true)
    }
    let time = try ThreadTime.measure {
      let out = base.inserting(NoteMarks(items: items)).bytes
      #expect(Note.stripping(out) == base.bytes)
      let groups = try Note(out).ownMarks.groups
      #expect(groups.count == 3_000)
    }
    #expect(time < ThreadTime.limit(6))
  }

  @Test(arguments: [
    "> [!info|runbook-\(run)]- x\n> ````text\n", "> [!info|runbook-\(run)]- x\n> ```text\n\n",
    "- [x] a [took:: 1s] · [at:: 10:00:00]\n", "^run-\(run)\n\nmine\n",
  ])
  func manyTornMarks(unit: String) throws {
    let text = Array(String(repeating: unit, count: 4_000).utf8)
    let time = ThreadTime.measure {
      let stripped = Note.stripping(text)
      #expect(stripped.count < text.count)
      #expect(Note.stripping(stripped) == stripped)
    }
    #expect(time < ThreadTime.limit(20))
  }

  @Test func manyGroupsOnALine() {
    let group = " [took:: 1s] · [at:: 10:00:00]"
    let nested =
      "- [x] a" + String(repeating: " [result:: ok] · [took:: 1s]", count: 2_000) + group
      + String(repeating: " · [at:: 10:00:00]", count: 2_000)
    #expect(Note.stripping(Array(nested.utf8)) == Array("- [ ] a".utf8))
    let many = "- [x] a" + String(repeating: group, count: 5_000)
    #expect(Note.stripping(Array(many.utf8)) == Array("- [ ] a".utf8))
  }
}
