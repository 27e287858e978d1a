import Testing

@testable import Runbook

/// Logs and titles that try to leave their callout.
@Suite struct RunRegionTests {
  @Test func hostileLogStaysInItsFence() throws {
    let log = LogCallout(type: "failure", title: "a", isFolded: true, lines: DrawnMarks.hostile)
    let region = RunRegion(
      run: "20260821-140210-7f3a", type: "failure", title: "t", body: ["b"], logs: [log])
    let base = try Note(Array("- [ ] a\n".utf8))
    let insertion = base.inserting(NoteMarks(region: region))
    #expect(insertion.refusals.isEmpty)
    let note = try Note(insertion.bytes)
    let fence = try #require(note.fences.first)
    #expect(note.fences.count == 1)
    #expect(fence.contentLines.count == DrawnMarks.hostile.count)
    #expect(fence.closingLine == note.lines.count - 2)
    #expect(note.blocks.filter { $0.parent == nil && $0.kind == .quote }.count == 2)
    #expect(!note.text(0..<note.bytes.count).contains("<%"))
  }

  @Test func hostileTitlesAreText() throws {
    for title in DrawnMarks.hostile {
      let region = RunRegion(run: "20260821-140210-7f3a", type: "info", title: title)
      let base = try Note(Array("- [ ] a\n".utf8))
      let insertion = base.inserting(NoteMarks(region: region))
      #expect(insertion.refusals.isEmpty)
      let note = try Note(insertion.bytes)
      #expect(note.tasks.count == 1)
      #expect(note.links(in: 0..<note.bytes.count).isEmpty)
      #expect(note.lines.count == base.lines.count + 4)
    }
  }

  @Test func formsThatStripCanNotKnowAreRefused() throws {
    let base = try Note(Array("---\na: 1\n---\n- [ ] a\n".utf8))
    let marks = NoteMarks(
      items: [.init(task: 0, group: ItemGroup(took: 1, at: "noon"), ticks: true)],
      region: RunRegion(run: "7f3a", type: "info", title: ""),
      properties: [.init("run_status", .text("failed"))])
    let insertion = base.inserting(marks)
    #expect(insertion.bytes == base.bytes)
    #expect(insertion.refusals.map(\.part) == [.item(0), .region, .properties])
  }

  @Test func whatTheUserAddsBelowALogIsKept() throws {
    let base = Array("- [ ] a\n".utf8)
    let region = RunRegion(
      run: "20260821-140210-7f3a", type: "info", title: "t",
      logs: [LogCallout(type: "info", title: "l", isFolded: true, lines: ["x"])])
    var marked = try Note(base).inserting(NoteMarks(region: region)).bytes
    marked += Array("> mine\n".utf8)
    #expect(String(decoding: Note.stripping(marked), as: UTF8.self) == "- [ ] a\n\n> mine\n")
  }

  @Test func ownMarks() throws {
    let text =
      "- [x] a [result:: waiting] · [at:: 10:00:00]\n\n> [!info|runbook-20260821-140210-7f3a] t\n> b\n\n"
      + "^run-20260821-140210-7f3a\n\n> [!info|runbook-20260821-140210-0c1d] t\n"
    let marks = try Note(Array(text.utf8)).ownMarks
    #expect(marks.groups.map(\.group.result) == [.waiting])
    #expect(marks.groups.map(\.task) == [0])
    #expect(marks.runs == ["20260821-140210-7f3a", "20260821-140210-0c1d"])
    #expect(marks.hasTwoRuns)
    #expect(marks.regions.map(\.lines) == [2...7])
  }
}
