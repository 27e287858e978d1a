import Testing

@testable import Runbook

@Suite struct LineTableTests {
  @Test(arguments: [
    ("", 1), ("a", 1), ("a\n", 2), ("a\r\nb\rc\n\n", 5), ("a\u{2028}b\u{0B}c", 1),
  ])
  func lines(text: String, count: Int) {
    #expect(LineTable(Array(text.utf8)).count == count)
  }

  @Test func offsetsOfMixedEndings() {
    let table = LineTable(Array("ab\r\nc\rd".utf8))
    #expect(table.content(of: 0) == 0..<2)
    #expect(table.full(of: 0) == 0..<4)
    #expect(table.ending(of: 1) == 5..<6)
    #expect(table.line(at: 3) == 0)
    #expect(table.line(at: 4) == 1)
    #expect(table.line(at: 7) == 2)
  }
}
