import Testing

@testable import Runbook

/// Text that libcmark 0.30.2 takes seconds for. Each is answered or refused in time.
@Suite struct ParseGuardTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let isRefused: Bool
  }

  static func many(_ unit: String, _ count: Int) -> String {
    String(repeating: unit, count: count)
  }

  static let cases: [Case] = [
    Case(
      testDescription: "nested items, then blank lines",
      text: many("- ", 15_000) + "x" + many("\n", 15_000), isRefused: true),
    Case(
      testDescription: "nested items, then carriage returns",
      text: many("+ ", 15_000) + "x" + many("\r", 15_000), isRefused: true),
    Case(
      testDescription: "items nested by indentation, then blank lines",
      text: (0..<600).map { many(" ", 2 * $0) + "- a\n" }.joined() + many("\n", 100_000),
      isRefused: true),
    Case(testDescription: "links in open images", text: many("![[]()", 60_000), isRefused: true),
    Case(
      testDescription: "nested quotes, then emphasis",
      text: many(">", 20_000) + many("a*", 20_000), isRefused: true),
    Case(
      testDescription: "nested items, then emphasis",
      text: many("- ", 20_000) + many("é*", 20_000), isRefused: true),
    Case(testDescription: "quotes on one line", text: many(">", 10_000), isRefused: true),
    Case(testDescription: "emphasis marks", text: many("*_", 600_000), isRefused: true),
    Case(testDescription: "many tasks", text: many("- [ ] a\n", 50_000), isRefused: false),
    Case(testDescription: "many brackets", text: many("[", 200_000), isRefused: false),
    Case(testDescription: "many backticks", text: many("`a", 200_000), isRefused: false),
    Case(testDescription: "many links", text: many("[[a]] ", 50_000), isRefused: false),
    Case(testDescription: "many embeds", text: many("![[a]]\n", 2_000), isRefused: false),
    Case(testDescription: "many comments", text: many("%% a ", 100_000), isRefused: false),
  ]

  @Test(arguments: cases) func refusesInTime(testCase: Case) {
    let bytes = Array(testCase.text.utf8)
    let time = ThreadTime.measure {
      do throws(NoteProblem) {
        _ = try Note(bytes)
        #expect(!testCase.isRefused)
      } catch {
        #expect(testCase.isRefused)
        #expect(error.fix != nil)
      }
    }
    // A second is the bar on a release build; this is a debug build.
    #expect(time < ThreadTime.limit(5))
  }

  @Test func sizeLimit() throws {
    let text = [UInt8](repeating: 0x61, count: Note.sizeLimit)
    _ = try Note(text)
    #expect(throws: NoteProblem.self) { try Note(text + [0x61]) }
  }

  /// libyaml's own square: a problem of the front matter, the rest of the note is read.
  @Test(arguments: ["[", "{", "[ #]\n", "? ", "- "]) func hostileFrontMatter(unit: String) throws {
    let text = "---\na: " + Self.many(unit, 60_000 / unit.utf8.count) + "\n---\n- [ ] a\n"
    let time = try ThreadTime.measure {
      let note = try Note(Array(text.utf8))
      #expect(!note.problems.isEmpty)
      #expect(note.tasks.count == 1)
    }
    #expect(time < ThreadTime.limit(5))
  }

  @Test func ordinaryNestingPasses() throws {
    let lines = (0..<2_000).map { Self.many("  ", $0 % 12) + "- [ ] step \($0) *with* [[link]]\n" }
    let note = try Note(Array(lines.joined().utf8))
    #expect(note.tasks.count == 2_000)
  }
}
