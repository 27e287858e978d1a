import Testing

@testable import RunbookCLI

@Suite(.paced) struct TableTests {
  private var table: Table {
    var table = Table([
      .init(title: "#", overflow: .never), .init(title: "Step"),
      .init(title: "Deadline", alignment: .right, overflow: .never),
      .init(title: "Host", overflow: .cut),
    ])
    table.rows = [
      ["1", "Build locally", "10m", "localhost"],
      ["1.1", "漢字を含む長い手順の題名です", "90s", "a-host-with-a-long-name.example"],
      ["2", "Upload dist/ to the server, then look at it 👩‍🚀", "none", ""],
    ]
    return table
  }

  private func text(_ width: Int?) -> String {
    table.lines(width: width, style: .plain).map(\.plain).joined(separator: "\n")
  }

  @Test func atItsNaturalWidth() {
    #expect(
      text(nil) == """
        #    Step                                            Deadline  Host
        1    Build locally                                        10m  localhost
        1.1  漢字を含む長い手順の題名です                         90s  a-host-with-a-long-name.example
        2    Upload dist/ to the server, then look at it 👩‍🚀      none
        """)
  }

  @Test func wrapsAndCuts() {
    #expect(
      text(50) == """
        #    Step              Deadline  Host
        1    Build locally          10m  localhost
        1.1  漢字を含む長い手       90s  a-host-with-a-lo…
             順の題名です
        2    Upload dist/ to       none
             the server, then
             look at it 👩‍🚀
        """)
  }

  @Test func neverWiderThanAsked() {
    for width in 0...120 {
      for line in table.lines(width: width, style: .plain) { #expect(line.width <= width) }
    }
  }
}
