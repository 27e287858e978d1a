import Foundation
import Testing

@testable import Runbook

/// Drawn secrets, printed in every way, in pieces of every size: nothing of them is seen, and nothing else is missing.
/// 20,000 cases, 1,000,000 with `RUNBOOK_TORTURE=long`.
@Suite struct SecretLeakTests {
  private static let isLong = ProcessInfo.processInfo.environment["RUNBOOK_TORTURE"] == "long"

  private struct Leak: Error, CustomStringConvertible {
    let description: String
  }

  @Test func nothingIsSeen() throws {
    let seed =
      ProcessInfo.processInfo.environment["RUNBOOK_SEED"].flatMap { UInt64($0) }
      ?? UInt64.random(in: 0...UInt64(UInt32.max))
    print("SecretLeakTests: RUNBOOK_SEED=\(seed)")
    var random = SeededGenerator(seed: seed)
    let rounds = Self.isLong ? 1_000 : 20
    for _ in 0..<rounds {
      let secrets = (0..<4).map { _ in Self.secret(&random) }
      let mask = SecretMask(secrets)
      for _ in 0..<1_000 { try Self.tryOne(mask, secrets, &random) }
    }
  }

  private static func tryOne(
    _ mask: SecretMask, _ secrets: [String], _ random: inout SeededGenerator
  ) throws {
    let secret = secrets[Int.random(in: 0..<secrets.count, using: &random)]
    let kind = PrintedSecret.allCases[
      Int.random(in: 0..<PrintedSecret.allCases.count, using: &random)]
    let text = kind.print(secret, &random)
    let whole = text.before + text.secret + text.after
    var stream = SecretMaskStream(mask)
    var seen: [UInt8] = []
    var place = 0
    // Two pieces most of the time, parted anywhere; else many.
    let isFine = Int.random(in: 0..<8, using: &random) == 0
    while place < whole.count {
      let size =
        isFine
        ? Int.random(in: 1...4, using: &random)
        : Int.random(in: 1...max(1, whole.count), using: &random)
      let next = min(whole.count, place + size)
      seen += stream.feed(Array(whole[place..<next]))
      place = next
    }
    seen += stream.finish()
    guard isHidden(kind, text, seen) else {
      throw Leak(
        description: """
          \(kind) of \(secret.debugDescription):
          \(String(decoding: whole, as: UTF8.self).debugDescription)
          \(String(decoding: seen, as: UTF8.self).debugDescription)
          """)
    }
    try findInPieces(mask, whole, &random)
    guard mask.mask(whole) == seen else {
      throw Leak(description: "\(kind) of \(secret.debugDescription) depends on the pieces")
    }
  }

  /// Dots stand in its place, and nothing else is missing. Of what is coded twice, characters at the ends may stay that
  /// have a few bits of its first or last letter; of two zeros around UTF-16 either may be taken for its.
  private static func isHidden(
    _ kind: PrintedSecret, _ text: (before: [UInt8], secret: [UInt8], after: [UInt8]),
    _ seen: [UInt8]
  ) -> Bool {
    let expected = text.before + SecretMask.dots + text.after
    switch kind {
    case .utf16: return seen.filter { $0 != 0 } == expected.filter { $0 != 0 }
    case .base64Twice:
      let rest = seen.dropFirst(text.before.count).dropLast(text.after.count)
      let parts = rest.split(
        separator: SecretMask.dots, maxSplits: 1, omittingEmptySubsequences: false)
      return seen.starts(with: text.before) && seen.reversed().starts(with: text.after.reversed())
        && parts.count == 2 && parts.allSatisfy { $0.count <= 3 }
    default: return seen == expected
    }
  }

  /// Several threads look through a large log for the pieces that hold a secret, each a little into the next piece.
  private static func findInPieces(
    _ mask: SecretMask, _ whole: [UInt8], _ random: inout SeededGenerator
  ) throws {
    let size = Int.random(in: 1...max(1, whole.count), using: &random)
    let overlap = Int.random(in: 0...whole.count, using: &random)
    let isFound = stride(from: 0, to: whole.count, by: size).contains { start in
      let end = min(whole.count, start + size + overlap)
      return mask.mayBegin(
        in: Array(whole[start..<end]), before: min(size, end - start), isWhole: end == whole.count)
    }
    guard isFound else {
      throw Leak(
        description: "in pieces of \(size) bytes and \(overlap) more nothing is found of "
          + String(decoding: whole, as: UTF8.self).debugDescription)
    }
  }

  /// Passwords, tokens, sentences, keys of many lines; with all that encoders treat in a way of their own.
  private static func secret(_ random: inout SeededGenerator) -> String {
    let alphabets = [
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
      "abcXYZ019 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", "aé漢😀ß Ω\"'\\", "0123456789abcdef",
    ]
    let alphabet = Array(alphabets[Int.random(in: 0..<alphabets.count, using: &random)])
    func word(_ count: Int) -> String {
      // At both ends something that no trimming takes.
      let inner = (0..<count).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      }
      return "q" + String(inner) + "Z"
    }
    if Int.random(in: 0..<5, using: &random) == 0 {
      return (0..<Int.random(in: 2...4, using: &random)).map { _ in
        word(Int.random(in: 8...64, using: &random))
      }.joined(separator: "\n")
    }
    return word(Int.random(in: 6...60, using: &random))
  }
}
