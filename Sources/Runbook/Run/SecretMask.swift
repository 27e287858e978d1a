#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Replaces secrets, in the forms that programs print them in, by dots.
public struct SecretMask: Sendable {
  /// What stands in their place.
  static let dots = Array("••••".utf8)

  /// By their first byte, the longest first: a secret that contains another is masked whole.
  private let patterns: [[[UInt8]]]
  /// The length of the longest form, in bytes.
  let longest: Int
  public let isEmpty: Bool

  public init(_ secrets: [String]) {
    var all: Set<[UInt8]> = []
    for secret in secrets where !secret.isEmpty { all.formUnion(Self.forms(of: secret)) }
    isEmpty = all.isEmpty
    longest = all.map(\.count).max() ?? 0
    var patterns = [[[UInt8]]](repeating: [], count: 256)
    for form in all.sorted(by: { ($1.count, $0.description) < ($0.count, $1.description) }) {
      patterns[Int(form[0])].append(form)
    }
    self.patterns = patterns
  }

  public func mask(_ text: String) -> String {
    isEmpty ? text : String(decoding: mask(Array(text.utf8)), as: UTF8.self)
  }

  public func mask(_ bytes: [UInt8]) -> [UInt8] {
    isEmpty ? bytes : masked(bytes, upTo: bytes.count).bytes
  }

  /// Masks what begins before `end`; a match may reach beyond it.
  ///
  /// - Returns: the masked bytes, where the rest begins, and whether anything was masked.
  func masked(_ bytes: [UInt8], upTo end: Int) -> (bytes: [UInt8], rest: Int, isChanged: Bool) {
    var result: [UInt8] = []
    result.reserveCapacity(end)
    var index = 0
    // What stands between two matches is copied in one go.
    var copied = 0
    while index < end {
      guard let length = match(bytes, at: index) else {
        index += 1
        continue
      }
      result += bytes[copied..<index]
      result += Self.dots
      index += length
      copied = index
    }
    if copied < index { result += bytes[copied..<index] }
    return (result, index, copied > 0)
  }

  private func match(_ bytes: [UInt8], at index: Int) -> Int? {
    let candidates = patterns[Int(bytes[index])]
    if candidates.isEmpty { return nil }
    return candidates.first { bytes[index...].starts(with: $0) }?.count
  }

  // MARK: Forms

  /// Plain, each long line of many, base64 at each alignment, URL- and JSON-escaped.
  private static func forms(of secret: String) -> [[UInt8]] {
    let bytes = Array(secret.utf8)
    var forms = [bytes, urlEscaped(bytes), jsonEscaped(secret)]
    let lines = secret.split(separator: "\n").map { Array($0.utf8) }
    if lines.count > 1 { forms += lines.filter { $0.count >= 6 } }
    forms += base64(bytes)
    return forms.filter { !$0.isEmpty }
  }

  private static func urlEscaped(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return bytes.flatMap { byte -> [UInt8] in
      let isPlain =
        VariableName.isNameByte(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
        || byte == UInt8(ascii: "~")
      return isPlain
        ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }

  private static func jsonEscaped(_ secret: String) -> [UInt8] {
    guard let text = try? JSONText.encode(secret, isPretty: false) else { return [] }
    return Array(text.utf8.dropFirst().dropLast())
  }

  /// The characters of base64 that depend on the secret alone, for each place that it can have in the coded
  /// text: what stands before and behind it changes the others.
  private static func base64(_ bytes: [UInt8]) -> [[UInt8]] {
    guard bytes.count >= 4 else { return [] }
    return (0..<3).map { offset in
      let padded = [UInt8](repeating: 0, count: offset) + bytes
      let coded = Array(Data(padded).base64EncodedString().utf8)
      let firstWhole = (offset * 8 + 5) / 6
      let lastWhole = padded.count * 8 / 6
      return Array(coded[firstWhole..<lastWhole])
    }
  }
}
