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
  private let patterns: [UInt8: [[UInt8]]]
  public let isEmpty: Bool

  public init(_ secrets: [String]) {
    var all: Set<[UInt8]> = []
    for secret in secrets where !secret.isEmpty { all.formUnion(Self.forms(of: secret)) }
    isEmpty = all.isEmpty
    patterns = Dictionary(grouping: all) { $0[0] }
      .mapValues { $0.sorted { ($1.count, $0.description) < ($0.count, $1.description) } }
  }

  public func mask(_ text: String) -> String {
    isEmpty ? text : String(decoding: mask(Array(text.utf8)), as: UTF8.self)
  }

  public func mask(_ bytes: [UInt8]) -> [UInt8] {
    guard !isEmpty else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if let length = match(bytes, at: index) {
        result += Self.dots
        index += length
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  private func match(_ bytes: [UInt8], at index: Int) -> Int? {
    guard let candidates = patterns[bytes[index]] else { return nil }
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
