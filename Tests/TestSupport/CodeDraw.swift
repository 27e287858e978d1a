import Foundation

/// Puts terminal codes into notes and words, at drawn places. The same seed draws the same.
public struct CodeDraw: RandomNumberGenerator {
  public let seed: UInt64
  private var state: UInt64

  /// - Parameter name: of the test; printed with the seed, so that a failure can be had again by `RUNBOOK_SEED`.
  public init(_ name: String) {
    seed =
      ProcessInfo.processInfo.environment["RUNBOOK_SEED"].flatMap { UInt64($0) }
      ?? UInt64.random(in: 0...UInt64(UInt32.max))
    state = seed
    print("\(name): RUNBOOK_SEED=\(seed)")
  }

  /// SplitMix64.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// A code of those that an argument or a file's name can hold, between letters; no slash in it.
  public mutating func word() -> String {
    let codes = TerminalCodes.all.filter { !$0.contains("/") }
    return (0..<3).map { _ in "w" + pick(codes) }.joined()
  }

  public mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &self)]
  }

  /// The note with a code at a drawn place.
  public mutating func note(_ bytes: [UInt8]) -> [UInt8] {
    Self.note(bytes, pick(TerminalCodes.bytes), at: pick(Self.places(in: bytes)))
  }

  public static func note(_ bytes: [UInt8], _ code: [UInt8], at place: Int) -> [UInt8] {
    bytes[..<place] + code + bytes[place...]
  }

  /// Where a word begins, ends or has its second letter: in keys and values, titles and headings, fences and what
  /// stands behind them.
  public static func places(in bytes: [UInt8]) -> [Int] {
    func isLetter(_ byte: UInt8) -> Bool {
      byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }
    let edges = bytes.indices.filter { $0 == 0 || isLetter(bytes[$0]) != isLetter(bytes[$0 - 1]) }
    let inner = edges.map { $0 + 1 }.filter { $0 < bytes.count && isLetter(bytes[$0 - 1]) }
    return Array(Set(edges + inner + [bytes.count])).sorted()
  }
}
