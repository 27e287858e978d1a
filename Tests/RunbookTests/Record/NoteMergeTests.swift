import Testing

@testable import Runbook

/// Marks of a run, read from a note and put into another version of it.
struct NoteMergeTests {
  private static let user =
    "---\ntags: [runbook]\n---\n# Deploy\n\n- [ ] Build ^build\n  ```bash\n  make\n  ```\n- [ ] Ship\n\nEnd.\n"

  private static func marks(_ run: String) -> NoteMarks {
    NoteMarks(
      items: [
        NoteMarks.Item(task: 0, group: ItemGroup(took: 1.5, at: "14:02:11"), ticks: true),
        NoteMarks.Item(
          task: 1, group: ItemGroup(result: .failed, exit: 2, took: 1, at: "14:02:12"), ticks: false
        ),
      ],
      region: RunRegion(
        run: run, type: "failure", title: "it failed", body: ["by ana", "next: `x`"],
        logs: [
          LogCallout(
            type: "failure", title: "Ship · exit 2", isFolded: false,
            lines: ["a", "", "> [!note|runbook-\(run)] no callout", "```", "  b"])
        ]),
      properties: [
        NoteMarks.Property("run_status", .text("failed")),
        NoteMarks.Property("run_seconds", .literal("2.5")),
        NoteMarks.Property("run_id", .text(run)),
      ])
  }

  private static func marked(_ text: String, _ run: String) throws -> [UInt8] {
    try Note(Array(text.utf8)).inserting(marks(run)).bytes
  }

  private static let early = "20260821-140210-7f3a"
  private static let late = "20260822-090000-0001"

  @Test func marksAreReadAsTheyWereWritten() throws {
    let note = try Note(Self.marked(Self.user, Self.early))
    #expect(NoteMarks(readingFrom: note) == Self.marks(Self.early))
  }

  @Test func theNewestRunStaysWhicheverSideHasIt() throws {
    let sides = [try Self.marked(Self.user, Self.early), try Self.marked(Self.user, Self.late)]
    for (ours, theirs) in [(sides[0], sides[1]), (sides[1], sides[0])] {
      let merge = NoteMerge(base: Array(Self.user.utf8), ours: ours, theirs: theirs)
      #expect(merge.stripped.ours == Array(Self.user.utf8))
      let (bytes, lost) = merge.marking(Array(Self.user.utf8))
      #expect(bytes == sides[1] && lost == [])
    }
  }

  @Test func aResetStaysAReset() throws {
    let run = try Self.marked(Self.user, Self.early)
    let plain = Array(Self.user.utf8)
    #expect(NoteMerge(base: run, ours: plain, theirs: run).marking(plain).bytes == plain)
    #expect(NoteMerge(base: plain, ours: plain, theirs: run).marking(plain).bytes == run)
  }

  private static func run(_ id: String, at moment: String, type: String = "success") -> [UInt8] {
    Array(
      ("- [x] A [took:: 1.0s] · [at:: 10:00:00]\n\n"
        + "> [!\(type)|runbook-\(id)] \(moment) · x\n\n^run-\(id)\n").utf8)
  }

  /// Eleven in Paris is before a quarter past ten in London; the ids have local times.
  @Test func theLaterRunIsTheOneThatBeganLater() throws {
    let plain = Array("- [ ] A\n".utf8)
    let paris = Self.run("20260821-110000-0001", at: "2026-08-21 11:00:00 +02:00")
    let london = Self.run("20260821-101500-0002", at: "2026-08-21 10:15:00 +01:00")
    for (ours, theirs) in [(paris, london), (london, paris)] {
      #expect(NoteMerge(base: plain, ours: ours, theirs: theirs).marking(plain).bytes == london)
    }
  }

  /// One run, still going in one copy and ended in the other.
  @Test func newsBeatWhatBothHad() throws {
    let id = "20260821-110000-0001"
    let going = Self.run(id, at: "2026-08-21 11:00:00 +02:00", type: "info")
    let ended = Self.run(id, at: "2026-08-21 11:00:00 +02:00")
    let plain = Note.stripping(going)
    for (ours, theirs) in [(going, ended), (ended, going)] {
      #expect(NoteMerge(base: going, ours: ours, theirs: theirs).marking(plain).bytes == ended)
    }
  }

  @Test func aStepThatIsGoneIsTold() throws {
    let run = try Self.marked(Self.user, Self.early)
    let merged = Self.user.replacing("- [ ] Ship\n", with: "")
    let merge = NoteMerge(base: Array(Self.user.utf8), ours: run, theirs: Array(merged.utf8))
    let (bytes, lost) = merge.marking(Array(merged.utf8))
    #expect(lost.count == 1 && Note.stripping(bytes) == Array(merged.utf8))
    #expect(try Note(bytes).ownMarks.groups.count == 1)
  }
}
