import TestSupport
import Testing

@testable import Runbook

@Suite struct PlainTextFuzzTests {
  private static let pieces: [[UInt8]] = [
    [0x1B], [0x5B], [0x5D], [0x9B], [0xC2, 0x9B], [0xC2, 0x9D], [0xC2, 0x9C], [0x07], [0x0D],
    [0x0A],
    [0x0D, 0x0A], [0x08], [0x09], [0x7F], [0x3C], [0x25], [0x3C, 0x25], Array("\u{1B}[K".utf8),
    Array("\u{1B}[2K".utf8), Array("\u{1B}[5G".utf8), Array("\u{1B}[99C".utf8),
    Array("\u{1B}P".utf8),
    Array("\u{202E}".utf8), Array("👩‍🚀".utf8), Array("e\u{301}".utf8), Array("漢字".utf8),
    [0xF0, 0x9F],
    [0xED, 0xA0], [0xFF], Array("text".utf8), Array("\u{200B}".utf8), [0x18], [0x30, 0x3B], [0x6D],
  ]

  private func randomBytes(_ random: inout some RandomNumberGenerator) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 0...24, using: &random) {
      if Bool.random(using: &random) {
        bytes.append(UInt8.random(in: 0...255, using: &random))
      } else {
        bytes += Self.pieces.randomElement(using: &random) ?? []
      }
    }
    return bytes
  }

  private func isPlain(_ line: String) -> Bool {
    var last: Unicode.Scalar = " "
    for scalar in line.unicodeScalars {
      if last == "<", scalar == "%" { return false }
      last = scalar
      switch scalar.properties.generalCategory {
      case .control: if scalar != "\t" { return false }
      case .lineSeparator, .paragraphSeparator: return false
      default: if scalar.properties.isBidiControl { return false }
      }
    }
    return true
  }

  @Test func nothingHarmfulIsLeftAndChunksMakeNoDifference() {
    let seed = PlainTextRandom.seed()
    var random = PlainTextRandom(state: seed)
    for round in 0..<(LongForm.isWanted ? 100_000 : 5_000) {
      let bytes = randomBytes(&random)
      let whole = PlainText.lines(of: bytes)
      guard whole.allSatisfy(isPlain) else {
        Issue.record("seed \(seed), round \(round): \(bytes) gives \(whole)")
        return
      }
      var stream = PlainTextStream()
      var lines: [String] = []
      var start = 0
      while start < bytes.count {
        let end = min(bytes.count, start + Int.random(in: 1...5, using: &random))
        lines += stream.feed(bytes[start..<end])
        start = end
      }
      if let last = stream.finish() { lines.append(last) }
      guard lines == whole else {
        Issue.record(
          "seed \(seed), round \(round): \(bytes) in chunks gives \(lines), not \(whole)")
        return
      }
    }
  }

  /// The worst of each kind, at two sizes: eight times the bytes may take no more than some twenty times
  /// as long, where anything quadratic takes 64 times.
  @Test(arguments: [
    "x", "\r", "x\r", "\u{8}x", "\u{1B}[2Kx", "\u{1B}[256Gx\r\u{1B}[K", "\u{1B}]", "\u{301}", "<%",
    "é\r", "\u{1B}[", "a\u{301}\u{1B}[D", "9", "\u{1B}[1Kx", "\n",
  ]) func linear(unit: String) {
    func seconds(_ count: Int) -> Double {
      // A long line first, so that what costs as much as the line is long shows.
      let bytes = Array(
        (String(repeating: "y", count: 30_000) + String(repeating: unit, count: count)).utf8)
      return ThreadTime.measure { _ = PlainText.lines(of: bytes) } / .seconds(1)
    }
    var (small, large) = (0.0, Double.infinity)
    for _ in 0..<3 where large >= max(small, 0.005) * 20 {
      small = seconds(5_000)
      large = seconds(40_000)
    }
    #expect(large < max(small, 0.005) * 20, "\(small) s, then \(large) s")
  }
}
