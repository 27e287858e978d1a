import TestSupport
import Testing

@testable import Runbook

/// Notes that nobody wrote: the fixtures with bytes changed, cut, doubled and mixed. Whatever comes of them, it is a
/// plan or a refusal, in time.
@Suite struct PlanFuzzTests {
  private static let pieces: [[UInt8]] =
    [
      "```", "~~~", "{", "}", "$", "`", "- [ ] ", "- [x] ", "\n", "\r", "\t", "%%", ">", "[[", "]]",
      "![[", "^id", "\u{A0}", "“", "{{", "---\n", "=", ",", "\"", "    ", "\u{FEFF}", "[at:: ",
      " · ", "#", "0", "\0",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xE2, 0x80]]

  @Test func noCrashNoHang() throws {
    var random = PlanRandom()
    let folders = [MistakeTests.folder, RightNoteTests.folder]
    let seeds = try folders.flatMap { folder in try folder.notes.map { try folder.bytes($0) } }
    try #require(seeds.count > 100)
    for round in 0..<(LongForm.isWanted ? 20_000 : 2_000) {
      var bytes = seeds.drawn(&random)
      for _ in 0...random.number(below: 6) { mutate(&bytes, seeds, &random) }
      let time = ThreadTime.measure { read(bytes, random.isHeads()) }
      #expect(time < ThreadTime.limit(5), "round \(round), seed \(random.seed)")
    }
  }

  private func read(_ bytes: [UInt8], _ isChecking: Bool) {
    guard let note = try? Note(bytes) else { return }
    var request = PlanRequest(file: "fuzz.md", title: "fuzz")
    request.isChecking = isChecking
    request.vaultDefaults = VaultDefaults(
      file: TrustedFile(own: bytes, path: "f"), rootFromNote: "..")
    let (plan, diagnostics) = Planner.plan(note, request)
    let lines = note.lines.count
    for diagnostic in diagnostics where diagnostic.file == "fuzz.md" {
      #expect(diagnostic.line <= lines && !diagnostic.text.isEmpty)
    }
    #expect(Set(plan.steps.map(\.id)).count == plan.steps.count)
    #expect((try? plan.json(diagnostics)) != nil)
  }

  private func mutate(_ bytes: inout [UInt8], _ seeds: [[UInt8]], _ random: inout PlanRandom) {
    let place = random.number(below: bytes.count + 1)
    switch random.number(below: 6) {
    case 0: bytes.insert(contentsOf: Self.pieces.drawn(&random), at: place)
    case 1 where place < bytes.count: bytes[place] = UInt8(random.number(below: 256))
    case 2:
      bytes.removeSubrange(place..<min(bytes.count, place + random.number(below: 9)))
    case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 40)], at: place)
    case 4:
      let other = seeds.drawn(&random)
      let start = random.number(below: other.count + 1)
      bytes.insert(contentsOf: other[start..<min(other.count, start + 60)], at: place)
    default: bytes.removeSubrange(place...)
    }
  }
}
