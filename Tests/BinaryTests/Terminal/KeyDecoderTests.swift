import Testing

@testable import RunbookCLI

@Suite(.paced) struct KeyDecoderTests {
  @Test(
    arguments: [
      (["b"], ["b"]), (["\r"], ["\n"]), (["\u{1B}[A"], ["\u{F700}"]), (["\u{1B}[1;5Cx"], ["x"]),
      (["\u{1B}OBy"], ["\u{F701}", "y"]), (["\u{1B}"], ["\u{1B}"]),
      (["\u{1B}[", "5~y"], ["\u{F72C}", "y"]), (["\u{1B}[15~y"], ["y"]),
      (["é漢👍"], ["é", "漢", "👍"]),
      (["\u{1B}by"], ["y"]), (["\u{4}"], ["\u{4}"]),
    ] as [([String], [Character])]) func keys(pieces: [String], expected: [Character])
  {
    var decoder = KeyDecoder()
    #expect(pieces.flatMap { decoder.feed(Array($0.utf8)) } == expected)
  }

  @Test func aCharacterInPieces() {
    var decoder = KeyDecoder()
    #expect("é".utf8.flatMap { decoder.feed([$0]) } == ["é"])
    #expect([0xFF, 0x80, 0x61].flatMap { decoder.feed([$0]) } == ["a"])
  }
}
